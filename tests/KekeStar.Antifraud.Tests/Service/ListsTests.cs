using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>The lists through the running service.</summary>
[Collection(nameof(ServiceCollection))]
public sealed class ListsTests(SharedService shared)
{
    private readonly ServiceHost _host = shared.Host;
    private readonly Lists.ListsClient _lists = new(shared.Host.Channel);

    [Fact]
    public async Task A_denied_account_is_rejected_at_once_and_passes_again_when_it_is_removed()
    {
        var account = Requests.NewAccount();
        var put = await _lists.PutEntryAsync(Entry("account", account, ListKind.Deny));
        Assert.Matches("^[0-9a-f]{8}$", put.PseudonymPrefix);
        var denied = await ScoreAsync(account);
        Assert.Equal(Verdict.Reject, denied.Verdict);
        Assert.Contains("list_deny", denied.Labels, StringComparer.Ordinal);

        Assert.True((await _lists.RemoveEntryAsync(new RemoveListEntryRequest { EntityKind = "account", Value = account })).Removed);
        Assert.Equal(Verdict.Pass, (await ScoreAsync(account)).Verdict);
        Assert.False((await _lists.RemoveEntryAsync(new RemoveListEntryRequest { EntityKind = "account", Value = account })).Removed);
    }

    [Fact]
    public async Task An_allowed_account_passes_whatever_its_score_and_a_grey_one_is_reviewed()
    {
        var allowed = Requests.NewAccount();
        var grey = Requests.NewAccount();
        await _lists.PutEntryAsync(Entry("account", allowed, ListKind.Allow));
        await _lists.PutEntryAsync(Entry("account", grey, ListKind.Grey));

        Assert.Equal(Verdict.Review, (await ScoreAsync(grey)).Verdict);
        var rejected = Requests.Event(Requests.NewDevice(), allowed);
        rejected.ThirdParty = new ThirdPartyResults { VendorScore = 1000 };
        var reply = await _host.Client.ScoreAsync(rejected);
        Assert.Equal(Verdict.Pass, reply.Verdict);
        Assert.Contains("list_allow", reply.Labels, StringComparer.Ordinal);
        Assert.True(reply.Score >= 900);
    }

    [Fact]
    public async Task A_denied_device_identifier_counts_in_any_of_its_forms()
    {
        var device = Requests.NewDevice();
        await _lists.PutEntryAsync(Entry("android_id", device.ToUpperInvariant(), ListKind.Deny));
        Assert.Equal(Verdict.Reject, (await _host.Client.ScoreAsync(Requests.Event(device, Requests.NewAccount()))).Verdict);
    }

    [Theory]
    [InlineData("nothing", "value", ListKind.Deny, 1L, "entity_kind")]
    [InlineData("imei", "12", ListKind.Deny, 1L, "value")]
    [InlineData("imei", "000000000000000", ListKind.Deny, 1L, "value")]
    [InlineData("account", "", ListKind.Deny, 1L, "value")]
    [InlineData("ip", "300.1.1.1", ListKind.Deny, 1L, "value")]
    [InlineData("account", "a", ListKind.Unspecified, 1L, "list")]
    [InlineData("account", "a", (ListKind)9, 1L, "list")]
    [InlineData("account", "a", ListKind.Deny, -1L, "expires_at")]
    [InlineData("account", "a", ListKind.Deny, 91L, "expires_at")]
    [InlineData("account", "a", ListKind.Deny, 3_000_000_000L, "expires_at")]
    public async Task An_entry_that_cannot_be_is_refused_by_the_name_of_its_field(string kind, string value, ListKind list, long days, string named)
    {
        var entry = Entry(kind, value, list);
        entry.ExpiresAt = new Timestamp { Seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + (days * 86_400) };
        var refused = await Requests.StatusOfAsync(() => _lists.PutEntryAsync(entry).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith(named, refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_without_an_end_is_refused()
    {
        var entry = Entry("account", "a", ListKind.Deny);
        entry.ExpiresAt = null;
        var refused = await Requests.StatusOfAsync(() => _lists.PutEntryAsync(entry).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith("expires_at is missing", refused.Detail, StringComparison.Ordinal);
    }

    private static PutListEntryRequest Entry(string kind, string value, ListKind list) => new()
    {
        EntityKind = kind,
        Value = value,
        List = list,
        ExpiresAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)),
    };

    private async Task<ScoreReply> ScoreAsync(string account) =>
        await _host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), account));
}
