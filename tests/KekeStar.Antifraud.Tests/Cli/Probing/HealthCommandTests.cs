using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.Tests.Windows.Redis;

namespace KekeStar.Antifraud.Tests.Cli.Probing;

/// <summary>What orchestrators ask a service with.</summary>
public sealed class HealthCommandTests
{
    [Theory]
    [InlineData("")]
    [InlineData("store")]
    public async Task It_ends_with_0_while_the_service_is_serving(string name)
    {
        await using var host = await ServiceHost.StartAsync();
        var terminal = new TestTerminal();

        Assert.Equal(0, await terminal.RunAsync("health", "--service", name, "--address", host.Grpc.AbsoluteUri));
        Assert.Equal("serving\n", terminal.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Without_its_store_the_process_is_serving_and_the_store_is_not()
    {
        await using var absent = RedisServerProcess.Prepare();
        await using var host = await ServiceHost.StartAsync(
            "--Antifraud:Store:Kind=redis", $"--Antifraud:Store:Redis:Configuration={absent.EndPoint}", "--Antifraud:Store:Redis:ConnectTimeout=00:00:00.200");

        Assert.Equal(0, await new TestTerminal().RunAsync("health", "--address", host.Grpc.AbsoluteUri));
        var terminal = new TestTerminal();
        Assert.Equal(3, await terminal.RunAsync("health", "--service", "store", "--address", host.Grpc.AbsoluteUri));
        Assert.Contains("not serving", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_3_where_nothing_answers_and_with_2_for_a_name_that_is_none()
    {
        Assert.Equal(3, await new TestTerminal().RunAsync("health", "--address", $"http://127.0.0.1:{LoopbackPort.Take()}"));
        await using var host = await ServiceHost.StartAsync();
        Assert.Equal(2, await new TestTerminal().RunAsync("health", "--service", "other", "--address", host.Grpc.AbsoluteUri));
    }
}
