using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Tests.Windows.Redis;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>The audit log of the real process: killed in the middle of writing, and without room for its file.</summary>
[Collection(nameof(FaultCollection))]
public sealed class AuditFaultTests : IDisposable
{
    private const int Callers = 8;
    private const int Enough = 100;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-audit-process-");

    private string AuditFolder => Path.Combine(_folder.FullName, "audit");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_acknowledged_change_has_its_line_after_a_kill()
    {
        var acknowledged = new ConcurrentBag<string>();
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName))
        {
            var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => PutUntilItFailsAsync(service, acknowledged))).ToArray();
            await Patience.UntilAsync(() => acknowledged.Count >= Enough);
            await service.KillAsync();
            await Task.WhenAll(callers);
        }

        await using (var again = await ServiceProcess.StartAsync(_folder.FullName))
        {
            await again.Lists.PutEntryAsync(Deny("after"));
        }

        var found = AuditVerifier.Verify(AuditFolder);
        Assert.True(found.IsIntact, found.Explain());
        var subjects = Lines().Where(static line => line.Action == "list_put").Select(static line => line.Subject[..8]).ToHashSet(StringComparer.Ordinal);
        Assert.All(acknowledged, prefix => Assert.Contains(prefix, subjects));
    }

    [Fact]
    public async Task Without_room_changes_are_refused_and_with_room_again_the_chain_goes_on()
    {
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName, "--Antifraud:Store:Kind=Memory"))
        {
            await service.Lists.PutEntryAsync(Deny("before"));
            await service.LimitFilesAsync(new FileInfo(AuditDirectory.Files(AuditFolder)[^1].Path).Length + 100);

            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(StatusCode.Unavailable, (await Requests.StatusOfAsync(() => service.Lists.PutEntryAsync(Deny("without")).ResponseAsync)).StatusCode);
            }

            Assert.Equal(Verdict.Pass, (await service.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), "without"))).Verdict);
            await service.LimitFilesAsync(bytes: null);
            await service.Lists.PutEntryAsync(Deny("after"));
            service.Terminate();
            Assert.Equal(0, await service.EndAsync());
            Assert.Contains("The audit log cannot be written", service.Output, StringComparison.Ordinal);
            Assert.Contains("The audit log can be written again", service.Output, StringComparison.Ordinal);
        }

        var found = AuditVerifier.Verify(AuditFolder);
        Assert.True(found.IsIntact, found.Explain());
        Assert.Equal(
            ["service_started", "list_put", "list_put", "service_stopped"], Lines().Select(static line => line.Action), StringComparer.Ordinal);
    }

    private static async Task PutUntilItFailsAsync(ServiceProcess service, ConcurrentBag<string> acknowledged)
    {
        try
        {
            while (true)
            {
                acknowledged.Add((await service.Lists.PutEntryAsync(Deny(Requests.NewAccount()))).PseudonymPrefix);
            }
        }
        catch (RpcException)
        {
            // The service was killed.
        }
    }

    private static PutListEntryRequest Deny(string account) => new()
    {
        EntityKind = "account",
        Value = account,
        List = ListKind.Deny,
        ExpiresAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)),
    };

    private List<AuditLine> Lines() => [.. AuditDirectory.Files(AuditFolder)
        .SelectMany(static file => File.ReadAllLines(file.Path))
        .Select(static line => AuditLine.TryParse(System.Text.Encoding.UTF8.GetBytes(line))!)];
}
