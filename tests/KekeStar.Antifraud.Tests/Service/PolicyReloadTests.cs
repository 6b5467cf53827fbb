using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>The policy file changes while the service runs.</summary>
public sealed class PolicyReloadTests
{
    [Fact]
    public async Task A_good_change_takes_over_and_a_bad_one_is_rejected_whole_with_every_error()
    {
        var folder = Directory.CreateTempSubdirectory("antifraud-policy-");
        try
        {
            var file = Path.Combine(folder.FullName, "policy.json");
            await File.WriteAllTextAsync(file, ProbePolicy.Text("reload-1"));
            await using var host = await ServiceHost.StartAsync($"--Antifraud:Policy:Path={file}", "--Antifraud:Policy:PollInterval=00:00:00.100");
            Assert.Equal("reload-1", (await ScoreAsync(host)).PolicyVersion);

            await ReplaceAsync(file, ProbePolicy.Text("reload-2", ProbePolicy.Rule("further", "account.events_1h >= 1", 7)));
            await Patience.UntilAsync(async () => (await ScoreAsync(host)).PolicyVersion == "reload-2");
            Assert.Contains("further", (await ScoreAsync(host)).Labels, StringComparer.Ordinal);

            await ReplaceAsync(
                file, ProbePolicy.Text("reload-3", ProbePolicy.Rule("typo", "acount.events_1h >= 1", 7), ProbePolicy.Rule("heavy", "captcha.failed", 5000)));
            await Patience.UntilAsync(() => host.Log.Lines.Any(line => line.Contains("was rejected", StringComparison.Ordinal)));
            var logged = host.Log.Lines.Single(line => line.Contains("was rejected", StringComparison.Ordinal));
            Assert.Contains("acount.events_1h", logged, StringComparison.Ordinal);
            Assert.Contains("5000", logged, StringComparison.Ordinal);
            Assert.Equal("reload-2", (await ScoreAsync(host)).PolicyVersion);

            await ReplaceAsync(file, ProbePolicy.Text("reload-4"));
            await Patience.UntilAsync(async () => (await ScoreAsync(host)).PolicyVersion == "reload-4");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // At once, so that no half of a file is ever seen, which would be rejected too.
    private static async Task ReplaceAsync(string file, string text)
    {
        await File.WriteAllTextAsync(file + ".new", text);
        File.Move(file + ".new", file, overwrite: true);
    }

    private static async Task<ScoreReply> ScoreAsync(ServiceHost host) =>
        await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()));
}
