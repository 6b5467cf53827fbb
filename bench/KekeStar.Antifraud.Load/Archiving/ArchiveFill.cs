using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Upkeep;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>
/// Fills an archive through its own writer: parts as the service writes them, merged by the hour where the hour is over, with
/// roll-ups. The hours are made side by side and each by a random sequence of its own, so their order does not matter.
/// </summary>
/// <param name="options">Where, and how many records go into a file.</param>
/// <param name="seed">Decides about everything.</param>
/// <param name="people">The honest users.</param>
internal sealed class ArchiveFill(ArchiveOptions options, ulong seed, GeneratedPeople people) : IDisposable
{
    private readonly DuckDbEngine _engine = new(threads: 1, ArchiveLimits.UpkeepMemoryBytes);

    // One merge at a time, as in the service: its memory is for one.
    private readonly Lock _merging = new();

    /// <summary>Fills a range of time.</summary>
    /// <param name="hours">Its hours.</param>
    /// <param name="threads">Hours under way at once; each holds the records of a file.</param>
    /// <param name="written">Told of each file: how many records it got.</param>
    /// <param name="cancellation">Ends it early; what is written stays.</param>
    /// <returns>Files and bytes of the archive at the end, those of before included.</returns>
    /// <exception cref="IOException">Another process holds the archive, or the disk is full.</exception>
    public async Task<(int Files, long Bytes)> RunAsync(
        IReadOnlyList<GeneratedHour> hours, int threads, Action<int> written, CancellationToken cancellation)
    {
        var catalog = new ArchiveCatalog(options.Directory);
        var rewriter = new FileRewriter(catalog, _engine, TimeProvider.System);
        using var folder = ArchiveFolder.Take(catalog, rewriter);
        var writer = new RecordFileWriter(catalog.Root, TimeProvider.System);
        var merge = new HourMerge(catalog, rewriter, TimeProvider.System);
        (DateTimeOffset from, double length) = (hours[0].From, (hours[^1].To - hours[0].From).TotalSeconds);
        var spare = new System.Collections.Concurrent.ConcurrentBag<RecordColumns>();
        await Parallel.ForEachAsync(
            hours,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            async (hour, ending) =>
            {
                RecordColumns columns = spare.TryTake(out RecordColumns? kept) ? kept : new RecordColumns();
                var decisions = new GeneratedDecisions(seed, people);
                var record = new DecisionRecord();
                ArchiveHour folderHour = ArchiveHour.Of(hour.From);
                var numbers = new GeneratedNumbers(seed ^ ((ulong)folderHour.Number << 20));
                TimeSpan step = (hour.To - hour.From) / Math.Max(1, hour.Records);
                for (int number = 0; number < hour.Records; number++)
                {
                    DateTimeOffset at = hour.From + (step * (number + numbers.Share()));
                    decisions.Next(numbers, (folderHour.Number << 32) + number, at, (at - from).TotalSeconds / length, record);
                    columns.Add(record);
                    if (columns.Count == options.MaxRecordsPerFile)
                    {
                        ending.ThrowIfCancellationRequested();
                        await WriteAsync(folderHour, columns);
                    }
                }

                if (columns.Count > 0)
                {
                    await WriteAsync(folderHour, columns);
                }

                spare.Add(columns);
                lock (_merging)
                {
                    merge.Merge(folderHour);
                    foreach (ArchiveFile file in catalog.FilesOf(folderHour).Where(static file => !file.HasRollUp || !file.HasSuspects))
                    {
                        DerivedFiles.Write(_engine, file);
                    }
                }
            });
        return (catalog.Count, catalog.Bytes);

        async Task WriteAsync(ArchiveHour hour, RecordColumns columns)
        {
            catalog.Add(await writer.WriteAsync(hour, columns));
            written(columns.Count);
            columns.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();
}
