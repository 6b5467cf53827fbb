using System.Runtime.Versioning;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Tests.Cli;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service.Privacy;

/// <summary>GetKeyStatus over gRPC.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeyStatusTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_epochs_of_a_planned_rotation_are_told_with_their_list_entries_and_asking_is_audited()
    {
        var file = Path.Combine(_folder.FullName, "keys.json");
        var begins = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3600);
        Assert.Equal(0, await new TestTerminal().RunAsync("keys", "create", file));
        Assert.Equal(0, await new TestTerminal().RunAsync("keys", "rotate", file, "--begins", KeyTime.Format(begins)));
        await using var host = await ServiceHost.StartAsync("--Antifraud:Keys:MasterKey=", $"--Antifraud:Keys:File={file}");
        await host.DenyAsync(Requests.NewAccount());

        var status = await host.Privacy().GetKeyStatusAsync(new GetKeyStatusRequest());

        Assert.Equal(
            [(1u, KeyEpochRole.Current, begins + KeySchedule.FillDuration, 1u), (2u, KeyEpochRole.Pending, begins, 0u)],
            status.Epochs.Select(static epoch => (epoch.Epoch, epoch.Role, epoch.RoleUntil.ToDateTimeOffset(), epoch.ListEntries)));
        Assert.Equal("loopback", Assert.Single(host.AuditLines("key_status_read")).Caller);
        var pending = Assert.Single(host.AuditLines("key_epoch_role"));
        Assert.Equal((2L, "\"pending\"", begins.ToUnixTimeSeconds()), (pending.Details.Number("epoch"), pending.Details.Values["role"], pending.Details.Number("until_unix")));
    }

    [Fact]
    public async Task A_single_epoch_has_no_end()
    {
        await using var host = await ServiceHost.StartAsync();

        var epoch = Assert.Single((await host.Privacy().GetKeyStatusAsync(new GetKeyStatusRequest())).Epochs);

        Assert.Equal((KeyEpochRole.Current, null), (epoch.Role, epoch.RoleUntil));
        Assert.Empty(host.AuditLines("key_epoch_role"));
    }
}
