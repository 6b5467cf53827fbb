using System.Globalization;
using System.Text.Json;
using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Rights.Consents;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>An export holds every record of the account once, nothing of others, and says of each item why it is kept.</summary>
public sealed class AccountExportTests(EmbeddedRightsStore store) : IClassFixture<EmbeddedRightsStore>
{
    private const int Histories = 40;

    [Fact]
    public void Every_record_of_the_account_stands_in_it_once_and_none_of_others() => Gen.Select(Move.Histories, RightsStarts.Any).Sample(
        (moves, start) => CompareAsync(moves, start).GetAwaiter().GetResult(),
        iter: Environment.GetEnvironmentVariable("CsCheck_Iter") is null ? Histories : -1,
        threads: 1);

    [Fact]
    public async Task Each_item_says_why_it_is_kept_and_until_when()
    {
        await using var world = new RightsWorld(store, RightsWorld.Rotation + TimeSpan.FromDays(1));
        var pipeline = world.Instances[0];
        await world.PlayAsync([Move.Simple(Scene.Login, account: 0, device: 0, outcome: Outcome.LoginFailed)], static move => move);
        var now = world.Clock.GetUtcNow();
        foreach (var (epoch, account) in world.Subjects(0))
        {
            await pipeline.Get<ListJournal>().PutAsync(
                new ListEntry(epoch.Number, EntityKind.Account, account, ListKind.Grey, (now + TimeSpan.FromDays(3)).ToUnixTimeMilliseconds()), default);
        }

        await pipeline.Get<ConsentJournal>().SetAsync(world.Subjects(0), ConsentMarker.SimWithdrawn, now.ToUnixTimeMilliseconds(), default);

        using var document = await ExportAsync(world);
        var root = document.RootElement;
        Assert.Equal(AccountExport.Format, root.GetProperty("format").GetString());
        Assert.Equal(now, root.GetProperty("exported_at").GetDateTimeOffset());
        var items = root.GetProperty("window_logs").EnumerateArray()
            .Concat(root.GetProperty("lists").EnumerateArray())
            .Concat(root.GetProperty("consent_markers").EnumerateArray())
            .ToList();
        Assert.Equal(2, root.GetProperty("lists").GetArrayLength());
        Assert.Equal(2, root.GetProperty("consent_markers").GetArrayLength());
        Assert.All(items, static item =>
        {
            Assert.NotEmpty(item.GetProperty("signal").GetString()!);
            Assert.NotEmpty(item.GetProperty("consent").GetString()!);
            Assert.NotEmpty(item.GetProperty("purpose").GetString()!);
            Assert.Contains(item.GetProperty("purpose_zh").GetString()!, static letter => letter >= 0x4E00);
            Assert.InRange(item.GetProperty("retention_days").GetInt32(), 1, 90);
        });

        var day = TimeSpan.FromDays(1);
        Assert.All(Records(root), record => Assert.InRange(record.GetProperty("gone_by").GetDateTimeOffset() - now, TimeSpan.Zero, 16 * day));
        Assert.All(root.GetProperty("lists").EnumerateArray(), entry => Assert.Equal(now + (3 * day), entry.GetProperty("gone_by").GetDateTimeOffset()));
        Assert.All(root.GetProperty("consent_markers").EnumerateArray(), marker => Assert.Equal(now + (90 * day), marker.GetProperty("gone_by").GetDateTimeOffset()));
    }

    [Fact]
    public async Task What_was_found_on_the_device_and_the_country_of_the_address_stand_in_it()
    {
        await using var world = new RightsWorld(store, RightsWorld.Rotation - TimeSpan.FromDays(1));
        await world.PlayAsync([Move.Simple(Scene.Login, account: 0, device: 1, outcome: Outcome.LoginFailed)], static move => move);
        using var document = await ExportAsync(world);

        var logs = document.RootElement.GetProperty("window_logs").EnumerateArray().ToLookup(static log => log.GetProperty("entity").GetString());
        var labels = Assert.Single(logs["device"]).GetProperty("records").EnumerateArray().Where(static record => record.TryGetProperty("labels", out _)).ToList();
        Assert.Equal("concealment", Assert.Single(Assert.Single(labels).GetProperty("labels").EnumerateArray()).GetString());
        var countries = Assert.Single(logs["account"]).GetProperty("records").EnumerateArray().Where(static record => record.TryGetProperty("country", out _));
        Assert.Matches("^[A-Z]{2}$", Assert.Single(countries).GetProperty("country").GetString()!);
    }

    [Fact]
    public async Task Of_an_account_that_is_not_known_there_is_nothing()
    {
        await using var world = new RightsWorld(store, RightsWorld.Rotation);
        await world.PlayAsync([Move.Simple(Scene.Login, account: 1, device: 0)], static move => move);
        using var document = await ExportAsync(world);

        Assert.Equal(0, document.RootElement.GetProperty("window_logs").GetArrayLength());
        Assert.Equal(0, document.RootElement.GetProperty("lists").GetArrayLength());
        Assert.Equal(0, document.RootElement.GetProperty("consent_markers").GetArrayLength());
    }

    private static async Task<JsonDocument> ExportAsync(RightsWorld world)
    {
        var (document, status) = await world.Instances[0].Get<AccountExport>().WriteAsync(world.Subjects(0));
        Assert.Equal(StoreStatus.Ok, status);
        return JsonDocument.Parse(document);
    }

    private static IEnumerable<JsonElement> Records(JsonElement root) =>
        root.GetProperty("window_logs").EnumerateArray().SelectMany(static log => log.GetProperty("records").EnumerateArray());

    private static string Line(byte epoch, string entity, string pseudonym, DateTimeOffset time, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{epoch} {entity} {pseudonym} {time.ToUnixTimeMilliseconds()} {what}");

    private static IEnumerable<string> Expected(RightsWorld world, StoreSnapshot snapshot)
    {
        var traces = world.TracesOf(0).Select(static pseudonym => pseudonym.High).ToHashSet();
        foreach (var (name, content) in snapshot.Raw)
        {
            var key = Convert.FromHexString(name);
            var pseudonym = Pseudonym.Read(key.AsSpan(3));
            foreach (var bytes in key[0] == WindowKey.Prefix ? content.Chunk(WindowRecord.Length) : [])
            {
                var record = WindowRecord.Read(bytes);
                if (traces.Contains(pseudonym.High) || traces.Contains(record.Account) || traces.Contains(record.EventHash))
                {
                    yield return Line(
                        key[1],
                        JsonNamingPolicy.SnakeCaseLower.ConvertName(((EntityKind)key[2]).ToString()),
                        pseudonym.High.ToString("x16", CultureInfo.InvariantCulture)[..8],
                        DateTimeOffset.FromUnixTimeMilliseconds(record.TimeMilliseconds),
                        JsonNamingPolicy.SnakeCaseLower.ConvertName(record.Outcome == 0 ? ((Scene)record.Scene).ToString() : ((Outcome)record.Outcome).ToString()));
                }
            }
        }
    }

    private static IEnumerable<string> Actual(JsonElement root) => root.GetProperty("window_logs").EnumerateArray().SelectMany(static log =>
        log.GetProperty("records").EnumerateArray().Select(record => Line(
            log.GetProperty("key_epoch").GetByte(),
            log.GetProperty("entity").GetString()!,
            log.GetProperty("pseudonym").GetString()!,
            record.GetProperty("time").GetDateTimeOffset(),
            (record.TryGetProperty("scene", out var scene) ? scene : record.GetProperty("outcome")).GetString()!)));

    private async Task CompareAsync(Move[] moves, DateTimeOffset start)
    {
        await using var world = new RightsWorld(store, start);
        await world.PlayAsync(moves, static move => move);
        var snapshot = await world.SnapshotAsync();
        using var document = await ExportAsync(world);

        Assert.Equal(
            Expected(world, snapshot).Order(StringComparer.Ordinal),
            Actual(document.RootElement).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }
}
