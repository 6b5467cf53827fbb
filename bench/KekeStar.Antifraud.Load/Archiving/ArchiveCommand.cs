using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Load.Commands;
using KekeStar.Antifraud.Load.Growth;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>"archive": fills a decision archive with generated decisions, to be measured and to be looked at.</summary>
internal static class ArchiveCommand
{
    private const int StepRecords = 1_000_000;
    private const int RecordsOfAccount = 40;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("archive", "Fills a directory with an archive of generated decisions that end now; a service can be started with it. Exit code 2: the directory is in use or the disk is full.");
        Option<int> days = BoundedOption.Create("--days", "Days that they span.", 7, 1, 31);
        Option<long> records = BoundedOption.Create("--records", "How many.", 10_000_000L, 1_000, 1_000_000_000);
        Option<long> seed = BoundedOption.Create("--seed", "The same one gives the same decisions at the same time.", 1L, 0, long.MaxValue);
        Option<int> threads = BoundedOption.Create("--threads", "Hours made side by side.", Environment.ProcessorCount, 1, 64);
        var directory = new Option<string>("--directory") { Description = "The archive's directory (Antifraud:Archive:Directory).", Required = true };
        Array.ForEach<Option>([days, records, seed, threads, directory], command.Options.Add);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new ArchiveOptions { Directory = parsed.GetRequiredValue(directory) };
            long count = parsed.GetValue(records);
            DateTimeOffset to = TimeProvider.System.GetUtcNow();
            var hours = DayCurve.Share(to.AddDays(-parsed.GetValue(days)), to, count);
            var people = new GeneratedPeople((int)Math.Clamp(count / RecordsOfAccount, 1_000, 2_000_000));
            using var fill = new ArchiveFill(options, (ulong)parsed.GetValue(seed), people);
            long started = Stopwatch.GetTimestamp();
            try
            {
                (int files, long bytes) = (0, 0L);
                await StepProgress.ShowAsync((int)((count + StepRecords - 1) / StepRecords), async progress =>
                {
                    long written = 0;
                    (files, bytes) = await fill.RunAsync(hours, parsed.GetValue(threads), Show, cancellation);

                    void Show(int more)
                    {
                        lock (progress)
                        {
                            long before = (written + StepRecords - 1) / StepRecords;
                            written += more;
                            if ((written + StepRecords - 1) / StepRecords > before)
                            {
                                progress.Begin(string.Create(CultureInfo.InvariantCulture, $"{written:N0} records, {written / Stopwatch.GetElapsedTime(started).TotalSeconds:N0}/s"));
                            }
                        }
                    }
                });
                TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
                Console.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count:N0} records in {elapsed.TotalSeconds:N0} s ({count / elapsed.TotalSeconds:N0}/s); the archive holds {files:N0} files, {bytes / 1e9:N2} GB, {(double)bytes / count:N0} bytes for each of these records."));
                return 0;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DuckDB.NET.Data.DuckDBException)
            {
                await Console.Error.WriteLineAsync(fault.Message);
                return 2;
            }
        });
        return command;
    }
}
