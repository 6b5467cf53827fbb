using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>Files of a version that did not record what windows are rebuilt from, beside those of this one.</summary>
public sealed class EarlierFilesTests
{
    private const long Account = 0x0123_4567_89AB_CDEF;

    private static readonly DecisionFilter Everything = new() { From = DateTimeOffset.MinValue, To = DateTimeOffset.MaxValue };

    [Fact]
    public async Task They_are_asked_exported_and_erased_from_as_before()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(
            new MadeDecision { Decision = 1, Account = Account, Labels = 1, Rules = 1 },
            new MadeDecision { Decision = 3, Account = 3 });
        MakeEarlier(Assert.Single(archive.Catalog.FilesOf(ArchiveHour.Of(ArchiveUnderTest.Start))).RecordsPath);
        archive.Restart();
        archive.Write(new MadeDecision { Decision = 2, Account = Account, At = TimeSpan.FromMinutes(1) });

        Assert.Equal([2, 3, 1], await DecisionsAsync(archive));
        Assert.NotEmpty((await archive.Archive.GetAsync([1], at: null, CancellationToken.None)).Value!.Features);
        Assert.Equal(2, (await AskAsync(archive, new RecordExtract { Accounts = [(ulong)Account] })).Total);

        // Hours that are over are merged, each version for itself.
        archive.Clock.Advance(TimeSpan.FromHours(2));
        archive.Writer.KeepUp();
        Assert.Equal([2, 3, 1], await DecisionsAsync(archive));

        var erased = await AskAsync(archive, new RecordErasure { Account = (ulong)Account });
        Assert.Equal((StoreStatus.Ok, 2), (erased.Status, erased.Records));
        Assert.Equal([3], await DecisionsAsync(archive));
    }

    private static void MakeEarlier(string path)
    {
        using var engine = new DuckDbEngine(threads: 1, ArchiveLimits.UpkeepMemoryBytes);
        var earlier = Path.Combine(Path.GetDirectoryName(path)!, "part-00000000-019700000000700080000000000000ff.parquet");
        engine.Execute($$"""
            COPY (SELECT * EXCLUDE (sequence, late, device_named, country, at_place) FROM {{DuckDbEngine.Read([path])}}) TO {{DuckDbEngine.Quote(earlier)}} (
                FORMAT parquet, KV_METADATA {
                    '{{RecordSchema.VersionKey}}': '{{RecordSchema.Version}}',
                    '{{RecordSchema.FeaturesKey}}': {{DuckDbEngine.Quote(RecordSchema.FeatureNames)}},
                    '{{RecordSchema.SlotsKey}}': {{DuckDbEngine.Quote(RecordSchema.SlotNames)}}
                })
            """);
        File.Delete(path);
    }

    private static async Task<IEnumerable<long>> DecisionsAsync(ArchiveUnderTest archive) =>
        (await archive.Archive.SearchAsync(Everything, ArchiveLimits.MaxPageRows, after: null, CancellationToken.None)).Value.Rows.Select(static row => row.Decision);

    private static async Task<T> AskAsync<T>(ArchiveUnderTest archive, RecordRequest<T> request)
    {
        var asked = archive.Queue.AskAsync(request);
        archive.Writer.KeepUp();
        return await asked;
    }
}
