using System.Runtime.Versioning;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Tests.Cli;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>The key file changes while the service runs.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeyReloadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("antifraud-keys-").FullName;

    private string KeyFile => Path.Combine(_folder, "keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_wrong_or_missing_file_or_another_key_changes_nothing_and_is_told()
    {
        Assert.Equal(0, await new TestTerminal().RunAsync("keys", "create", KeyFile));
        await using var host = await ServiceHost.StartAsync(
            "--Antifraud:Keys:MasterKey=", $"--Antifraud:Keys:File={KeyFile}", "--Antifraud:Keys:PollInterval=00:00:00.100");
        var epoch = Assert.Single(host.Services.GetRequiredService<KeyRing>().Epochs);

        await File.AppendAllTextAsync(KeyFile, "x");
        await Patience.UntilAsync(() => IsLogged(host, "changed key file (Antifraud:Keys:File) was rejected"));
        File.Delete(KeyFile);
        await Patience.UntilAsync(() => IsLogged(host, "cannot be read; the epochs before stay in force"));
        Assert.Equal(0, await new TestTerminal().RunAsync("keys", "create", KeyFile));
        await Patience.UntilAsync(() => IsLogged(host, "epoch 1 has another key"));

        Assert.Same(epoch, Assert.Single(host.Services.GetRequiredService<KeyRing>().Epochs));
        await ScoreAsync(host);
    }

    [Fact]
    public async Task A_planned_rotation_begins_while_events_are_scored()
    {
        Assert.Equal(0, await new TestTerminal().RunAsync("keys", "create", KeyFile));
        await using var host = await ServiceHost.StartAsync(
            "--Antifraud:Keys:MasterKey=", $"--Antifraud:Keys:File={KeyFile}", "--Antifraud:Keys:PollInterval=00:00:00.100");
        var ring = host.Services.GetRequiredService<KeyRing>();
        // Late enough that a busy machine has written the file before.
        var begins = KeyTime.Format(DateTimeOffset.UtcNow.AddSeconds(10));
        Assert.Equal(0, await new TestTerminal().RunAsync("keys", "rotate", KeyFile, "--begins", begins, "--algorithm", "hmac-sm3"));

        await Patience.UntilAsync(() => ring.Epochs.Count == 2);
        await Patience.UntilAsync(() => IsLogged(host, "Key epoch 2 (hmac-sm3) is Filling"));
        await ScoreAsync(host);

        Assert.Contains("antifraud_keys_epochs", await host.Web.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_file_stops_the_start()
    {
        await File.WriteAllTextAsync(KeyFile, "{");
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServiceHost.StartAsync("--Antifraud:Keys:MasterKey=", $"--Antifraud:Keys:File={KeyFile}"));
        Assert.Contains(KeyFile, failure.Message, StringComparison.Ordinal);
    }

    private static bool IsLogged(ServiceHost host, string text) => host.Log.Lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    private static async Task ScoreAsync(ServiceHost host) =>
        Assert.Empty((await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()))).Degraded);
}
