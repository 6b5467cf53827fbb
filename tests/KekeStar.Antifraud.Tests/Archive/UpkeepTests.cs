using CsCheck;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>Merging, retention, and what a crash leaves.</summary>
public sealed class UpkeepTests
{
    private static readonly DecisionFilter Everything = new() { From = DateTimeOffset.MinValue, To = DateTimeOffset.MaxValue };

    [Fact]
    public void Merging_changes_no_answer() => Decisions.Many(1, 60).Sample(
        static made => CheckMergeAsync(made).GetAwaiter().GetResult(), iter: 15, threads: 1);

    [Fact]
    public async Task An_hour_under_way_is_merged_when_it_has_many_files()
    {
        await using var archive = new ArchiveUnderTest();
        for (var part = 1; part < ArchiveLimits.MergeFilesAt; part++)
        {
            archive.Write(new MadeDecision { Decision = part, At = TimeSpan.FromSeconds(part) });
        }

        Assert.Equal(ArchiveLimits.MergeFilesAt - 1, archive.Catalog.Count);
        archive.Write(new MadeDecision { Decision = ArchiveLimits.MergeFilesAt, At = TimeSpan.FromMinutes(1) });

        Assert.Equal(1, archive.Catalog.Count);
        Assert.Equal(ArchiveLimits.MergeFilesAt, (await AllAsync(archive)).Count);
    }

    [Fact]
    public async Task A_question_that_is_under_way_keeps_the_files_that_were_merged()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1 });
        archive.Write(new MadeDecision { Decision = 2, At = TimeSpan.FromMinutes(1) });
        string[] parts;
        using (var reading = archive.Catalog.Take(Everything.From, Everything.To))
        {
            parts = [.. reading.Files.Select(static file => file.RecordsPath)];
            PassHour(archive);
            archive.Writer.KeepUp();

            Assert.Equal(1, archive.Catalog.Count);
            Assert.All(parts, static part => Assert.True(File.Exists(part)));
        }

        Assert.All(parts, static part => Assert.False(File.Exists(part)));
    }

    [Fact]
    public async Task A_crash_before_the_merged_files_parts_are_gone_doubles_nothing()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1 });
        archive.Write(new MadeDecision { Decision = 2, At = TimeSpan.FromMinutes(1) });
        var parts = archive.Files().ToDictionary(static path => path, File.ReadAllBytes, StringComparer.Ordinal);
        PassHour(archive);
        archive.Writer.KeepUp();

        // The parts, and half a file, as if the process had been killed in the middle.
        foreach (var (path, bytes) in parts)
        {
            File.WriteAllBytes(path, bytes);
        }

        var hidden = HiddenFile.Of(parts.Keys.First());
        File.WriteAllBytes(hidden, parts.Values.First().AsSpan(0, 100));
        archive.Restart();
        Assert.True(archive.Writer.Flush());
        archive.Writer.KeepUp();

        Assert.Equal([2, 1], (await AllAsync(archive)).Select(static row => row.Decision));
        Assert.False(File.Exists(hidden));
        Assert.All(parts.Keys, static part => Assert.False(File.Exists(part)));
    }

    [Fact]
    public async Task A_file_whose_roll_ups_or_suspects_are_missing_gets_them_after_a_restart()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1 });
        File.Delete(archive.Catalog.FilesOf(ArchiveHour.Of(ArchiveUnderTest.Start))[0].RollUpPath);
        File.Delete(archive.Catalog.FilesOf(ArchiveHour.Of(ArchiveUnderTest.Start))[0].SuspectsPath);
        archive.Restart();
        Assert.True(archive.Writer.Flush());
        archive.Writer.KeepUp();

        Assert.True(File.Exists(archive.Catalog.FilesOf(ArchiveHour.Of(ArchiveUnderTest.Start))[0].SuspectsPath));

        var overview = await archive.Archive.OverviewAsync(ArchiveUnderTest.Start, ArchiveUnderTest.Start.AddHours(1), CancellationToken.None);
        Assert.Equal(1, overview.Value.Total);
    }

    [Fact]
    public async Task No_record_outlives_its_retention_and_none_goes_more_than_an_hour_before()
    {
        await using var archive = new ArchiveUnderTest(static options => options.RetentionDays = 2);
        archive.Write(Enumerable.Range(0, 6).Select(static number => new MadeDecision { Decision = number + 1, At = TimeSpan.FromMinutes(30 * number) }));
        foreach (var step in Enumerable.Range(0, 20))
        {
            archive.Clock.SetUtcNow(ArchiveUnderTest.Start + TimeSpan.FromDays(2) + TimeSpan.FromMinutes(10 * step));
            archive.Writer.KeepUp();

            var ages = (await AllAsync(archive)).Select(row => archive.Clock.GetUtcNow() - row.Time).ToArray();
            Assert.All(ages, static age => Assert.True(age <= TimeSpan.FromDays(2)));
            var kept = Enumerable.Range(0, 6).Count(number =>
                archive.Clock.GetUtcNow() - (ArchiveUnderTest.Start + TimeSpan.FromMinutes(30 * number)) < TimeSpan.FromDays(2) - TimeSpan.FromHours(1));
            Assert.True(ages.Length >= kept);
        }

        Assert.Empty(archive.Files());
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(archive.Folder, "records")));
    }

    [Fact]
    public async Task Beyond_the_bytes_that_are_allowed_the_oldest_hours_go()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1 }, new MadeDecision { Decision = 2, At = TimeSpan.FromHours(1) });
        archive.Options.MaxBytes = archive.Catalog.Bytes;
        archive.Write(new MadeDecision { Decision = 3, At = TimeSpan.FromHours(2) });

        Assert.Equal([3, 2], (await AllAsync(archive)).Select(static row => row.Decision));
        Assert.Equal(1, archive.Count("antifraud.archive.evicted_hours"));
    }

    private static void PassHour(ArchiveUnderTest archive) => archive.Clock.SetUtcNow(ArchiveUnderTest.Start + TimeSpan.FromHours(1) + ArchiveLimits.MergeDelay);

    private static async Task<IReadOnlyList<DecisionRow>> AllAsync(ArchiveUnderTest archive)
    {
        var answer = await archive.Archive.SearchAsync(Everything, ArchiveLimits.MaxPageRows, after: null, CancellationToken.None);
        Assert.Equal(ArchiveStatus.Ok, answer.Status);
        return answer.Value.Rows;
    }

    private static async Task CheckMergeAsync(MadeDecision[] made)
    {
        await using var archive = new ArchiveUnderTest();
        foreach (var part in made.Chunk(7))
        {
            archive.Record(part);
            Assert.True(archive.Writer.Flush());
        }

        var before = await AllAsync(archive);
        archive.Clock.SetUtcNow(ArchiveUnderTest.Start + TimeSpan.FromHours(5));
        archive.Writer.KeepUp();
        var hours = archive.Catalog.Hours();

        Assert.All(hours, hour => Assert.True(Assert.Single(archive.Catalog.FilesOf(hour)).IsMerged));
        Assert.Equal(3 * hours.Length, archive.Files().Length);
        Assert.Equal(before.Select(ArchiveUnderTest.Text), (await AllAsync(archive)).Select(ArchiveUnderTest.Text), StringComparer.Ordinal);
        var detail = (await archive.Archive.GetAsync([made[0].Decision], at: null, CancellationToken.None)).Value;
        Assert.NotEmpty(detail!.Features);
        Assert.Equal(archive.Files().Sum(static path => new FileInfo(path).Length), archive.Catalog.Bytes);

        // All in their place: nothing is left to be done.
        archive.Writer.KeepUp();
        Assert.Equal(hours.Length, archive.Catalog.Count);
    }
}
