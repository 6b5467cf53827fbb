using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Load.Archiving;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Load.Archiving;

/// <summary>An archive of generated decisions is one as the service makes them.</summary>
public sealed class ArchiveFillTests : IDisposable
{
    private const int Records = 6_000;

    private static readonly DateTimeOffset From = new(2026, 11, 20, 10, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddHours(9);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-archive-fill-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_record_is_shared_out_to_an_hour_that_holds_it()
    {
        var hours = DayCurve.Share(From, To, Records);

        Assert.Equal(Records, hours.Sum(static hour => hour.Records));
        Assert.Equal(From, hours[0].From);
        Assert.Equal(To, hours[^1].To);
        Assert.All(hours.Zip(hours.Skip(1)), static pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(hours, static hour => Assert.Equal(ArchiveHour.Of(hour.From), ArchiveHour.Of(hour.To.AddTicks(-1))));
    }

    [Fact]
    public async Task The_archive_answers_from_what_was_generated()
    {
        await FillAsync("one", seed: 3);
        using var opened = new Opened(Path.Combine(_folder.FullName, "one"));
        var all = new DecisionFilter { From = From, To = To };
        var overview = (await opened.Archive.OverviewAsync(From, To, CancellationToken.None)).Value;
        var page = (await opened.Archive.SearchAsync(all, ArchiveLimits.MaxPageRows, after: null, CancellationToken.None)).Value;
        var gangs = (await opened.Archive.ClustersAsync(all with { MinScore = 420 }, CancellationToken.None)).Value;

        Assert.Equal(Records, overview.Total);
        Assert.True(opened.Catalog.Hours().All(hour => opened.Catalog.FilesOf(hour) is [{ IsMerged: true, HasRollUp: true, HasSuspects: true }]));
        Assert.Equal(4, overview.Scenes.Select(static scene => scene.Verdict).Distinct(StringComparer.Ordinal).Count());
        Assert.All(page.Rows, static row => Assert.Equal(row.Score, row.Contributions.Sum(), 1e-6));
        Assert.Contains(page.Rows, static row => row.Labels.Count > 0);
        Assert.Contains(gangs, static gang => gang.Size > 5);
        var detail = (await opened.Archive.GetAsync([page.Rows[0].Decision], at: null, CancellationToken.None)).Value!;
        Assert.True(detail.Features.Count > 100);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_decisions()
    {
        await FillAsync("one", seed: 3);
        await FillAsync("two", seed: 3);
        await FillAsync("three", seed: 4);

        var one = await RowsAsync("one");
        Assert.Equal(one, await RowsAsync("two"));
        Assert.NotEqual(one, await RowsAsync("three"));
    }

    private async Task FillAsync(string name, ulong seed)
    {
        using var fill = new ArchiveFill(new ArchiveOptions { Directory = Path.Combine(_folder.FullName, name) }, seed, new GeneratedPeople(1_000));
        var written = 0;
        await fill.RunAsync(DayCurve.Share(From, To, Records), threads: 2, more => Interlocked.Add(ref written, more), CancellationToken.None);
        Assert.Equal(Records, written);
    }

    private async Task<List<string>> RowsAsync(string name)
    {
        using var opened = new Opened(Path.Combine(_folder.FullName, name));
        var page = await opened.Archive.SearchAsync(new DecisionFilter { From = From, To = To }, ArchiveLimits.MaxPageRows, after: null, CancellationToken.None);
        return [.. page.Value.Rows.Select(static row => System.Text.Json.JsonSerializer.Serialize(row))];
    }

    // As a service would find it.
    private sealed class Opened : IDisposable
    {
        private readonly ServiceProvider _services = new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddMetrics().BuildServiceProvider();
        private readonly DuckDbEngine _engine = new(threads: 1, ArchiveLimits.UpkeepMemoryBytes);
        private readonly KekeStar.Antifraud.Archive.Upkeep.ArchiveFolder _taken;

        public Opened(string directory)
        {
            Catalog = new ArchiveCatalog(directory);
            _taken = KekeStar.Antifraud.Archive.Upkeep.ArchiveFolder.Take(Catalog, new KekeStar.Antifraud.Archive.Upkeep.FileRewriter(Catalog, _engine, TimeProvider.System));
            var metrics = new ArchiveMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), Catalog);
            Archive = new DecisionArchive(Catalog, new LiveTail(), new ArchiveOptions { Directory = directory }, metrics);
        }

        public ArchiveCatalog Catalog { get; }

        public DecisionArchive Archive { get; }

        public void Dispose()
        {
            Archive.Dispose();
            _taken.Dispose();
            _engine.Dispose();
            _services.Dispose();
        }
    }
}
