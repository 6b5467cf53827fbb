using KekeStar.Antifraud.Archive.Files;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>Which files are the archive, as whoever does not hold it sees it.</summary>
public sealed class LiveFilesTests
{
    [Fact]
    public async Task A_part_that_a_merged_file_replaces_is_left_out_though_it_is_still_there()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1 });
        archive.Write(new MadeDecision { Decision = 2, At = TimeSpan.FromMinutes(1) });
        var parts = Directory.GetFiles(Path.Combine(archive.Folder, "records"), "*.parquet", SearchOption.AllDirectories)
            .ToDictionary(static path => path, File.ReadAllBytes, StringComparer.Ordinal);
        archive.Clock.SetUtcNow(ArchiveUnderTest.Start.AddHours(2));
        archive.Writer.KeepUp();
        archive.Write(new MadeDecision { Decision = 3, At = TimeSpan.FromHours(2) });
        foreach (var (path, bytes) in parts)
        {
            File.WriteAllBytes(path, bytes);
        }

        using var engine = new DuckDbEngine(threads: 1, KekeStar.Antifraud.Archive.ArchiveLimits.UpkeepMemoryBytes);
        var files = new LiveFiles(engine, [archive.Folder]);

        Assert.Equal([true, false], files.Of(ArchiveKind.Records).Select(static file => file.IsMerged));
        Assert.Equal([1, 2, 3], files.Of(ArchiveKind.Records).SelectMany(file => engine.Query(
            $"SELECT decision FROM {DuckDbEngine.Read([file.RecordsPath])}", static reader => reader.GetInt64(0))));
        Assert.True(Assert.Single(files.Of(ArchiveKind.Records, ArchiveHour.Of(ArchiveUnderTest.Start))).IsMerged);
        Assert.Equal([ArchiveHour.Of(ArchiveUnderTest.Start), ArchiveHour.Of(ArchiveUnderTest.Start.AddHours(2))], files.Hours(ArchiveKind.Records));
        Assert.Empty(files.Of(ArchiveKind.Outcomes));
    }

    [Fact]
    public void What_was_merged_while_it_was_read_is_read_again_and_what_stays_unreadable_fails()
    {
        var tries = 0;

        Assert.Equal(2, LiveFiles.Retried(() => ++tries < 2 ? throw new IOException("merged meanwhile") : tries));
        Assert.Throws<IOException>(() => LiveFiles.Retried<int>(() => throw new IOException("gone")));
    }
}
