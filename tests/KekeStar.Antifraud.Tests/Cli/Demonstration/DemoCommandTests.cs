using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Cli.Demonstration;

public class DemoCommandTests
{
    private const string GrpcKey = "--Antifraud:Listen:Grpc=";

    [Fact]
    public async Task A_service_that_tells_the_groups_apart_ends_the_demo_with_0()
    {
        var terminal = new TestTerminal();

        Assert.Equal(0, await RunAsync(terminal, r => r.AccountId[..3] is "new" or "cha" || IsThief(r) ? Verdict.Challenge : Verdict.Pass));
        Assert.DoesNotContain("NOT AS EXPECTED", terminal.ScreenText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gang", "new-")]
    [InlineData("bot", "chatter-")]
    public async Task A_service_that_lets_an_attack_pass_ends_it_with_1(string group, string account)
    {
        var terminal = new TestTerminal();

        Assert.Equal(1, await RunAsync(terminal, r =>
            !r.AccountId.StartsWith(account, StringComparison.Ordinal) && (r.AccountId[..3] is "new" or "cha" || IsThief(r))
                ? Verdict.Reject
                : Verdict.Pass));
        Assert.Contains($"NOT AS EXPECTED  {group}: stopped", terminal.ScreenText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_rejects_everybody_ends_it_with_1()
    {
        var terminal = new TestTerminal();

        Assert.Equal(1, await RunAsync(terminal, _ => Verdict.Reject));
        Assert.Contains("NOT AS EXPECTED  normal users: everybody passes", terminal.ScreenText, StringComparison.Ordinal);
        Assert.Contains("NOT AS EXPECTED  dormitory: nobody is rejected", terminal.ScreenText, StringComparison.Ordinal);
        Assert.Contains("as expected  gang:", terminal.ScreenText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_with_the_shipped_policy_judges_every_group_as_expected()
    {
        var terminal = new TestTerminal();

        var exitCode = await terminal.RunAsync(AntifraudHost.BuildAsync, "demo", "--exit");

        Assert.DoesNotContain("NOT AS EXPECTED", terminal.ScreenText, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    private static bool IsThief(ScoreRequest request) => request.ClientIp.Contains(":bad:", StringComparison.Ordinal);

    private static Task<int> RunAsync(TestTerminal terminal, Func<ScoreRequest, Verdict> judge) => terminal.RunAsync(
        arguments => Task.FromResult(ScriptedService.Build(
            new ScriptedService.Script { OnScore = r => new ScoreReply { EventId = r.EventId, Verdict = judge(r) } },
            [$"--urls={arguments.Single(a => a.StartsWith(GrpcKey, StringComparison.Ordinal))[GrpcKey.Length..]}"])),
        "demo",
        "--exit");
}
