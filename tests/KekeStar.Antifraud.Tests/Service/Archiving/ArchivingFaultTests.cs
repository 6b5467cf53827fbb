using System.Diagnostics;
using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Tests.Archive;
using KekeStar.Antifraud.Tests.Service.Privacy;
using KekeStar.Antifraud.Tests.Windows.Redis;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Service.Archiving;

/// <summary>
/// The real service over a disk that is full, or that does not answer: decisions go on, what is lost is counted, nothing half-written is
/// read, and the archive goes on by itself.
/// </summary>
[Collection(nameof(FaultCollection))]
public sealed class ArchivingFaultTests : IDisposable
{
    // No file of records is as small: the names of its features alone are longer.
    private const long NoRoom = 4_096;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-archiving-faults-");

    private string Folder => Path.Combine(_folder.FullName, "archive");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_full_disk_costs_records_and_no_decision_and_is_written_again_when_it_has_room()
    {
        var port = LoopbackPort.Take();
        using var web = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await using (var service = await ServiceProcess.StartAsync(
            _folder.FullName,
            "--Antifraud:Store:Kind=Memory",
            $"--Antifraud:Listen:Web=http://127.0.0.1:{port}",
            "--Antifraud:Archive:FlushInterval=00:00:01",
            "--Antifraud:Archive:MaxRecordsPerFile=1000"))
        {
            await ScoreAsync(service, 20);
            await Patience.UntilAsync(async () => await CountAsync(web, "antifraud_records_written_total") == 20);

            await service.LimitFilesAsync(NoRoom);
            await ScoreAsync(service, 1_100);
            await Patience.UntilAsync(async () => await CountAsync(web, "antifraud_records_lost_total") >= 1_000);
            Assert.Equal(0, await CountAsync(web, "antifraud_archive_available"));
            Assert.Equal(20, CountRows());

            await service.LimitFilesAsync(bytes: null);
            await ScoreAsync(service, 5);
            var decided = 20 + 1_100 + 5;
            await Patience.UntilAsync(async () =>
                await CountAsync(web, "antifraud_records_written_total") + await CountAsync(web, "antifraud_records_lost_total") == decided);
            Assert.Equal(1, await CountAsync(web, "antifraud_archive_available"));
            service.Terminate();
            Assert.Equal(0, await service.EndAsync());
            Assert.Equal(decided, CountRows() + 1_000);
            Assert.Contains("takes no records", service.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(Folder, "*", Everything), static file => HiddenFile.Is(Path.GetFileName(file)));
    }

    // A pipe that nobody writes to: whoever opens it waits for as long as it takes, as with a network disk whose server is away.
    [Fact]
    public async Task A_disk_that_does_not_answer_costs_records_and_no_decision_and_not_the_start()
    {
        var hour = Path.Combine(Folder, ArchiveFile.FolderOf(ArchiveKind.Records), ArchiveHour.Of(DateTimeOffset.UtcNow).Folder);
        Directory.CreateDirectory(hour);
        var pipe = Path.Combine(hour, "merged-00000000-1.parquet");
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
        }

        await File.WriteAllBytesAsync(Path.Combine(hour, "part-00000000-2.parquet"), []);
        await using var host = await ServiceHost.StartAsync($"--Antifraud:Archive:Directory={Folder}", "--Antifraud:Archive:FlushInterval=00:00:01");
        var queue = host.Services.GetRequiredService<DecisionRecordQueue>();

        // Waits for nobody, and is counted. The writer may have emptied the queue once before it got stuck.
        var decided = 0;
        while (await CountAsync(host.Web, "antifraud_records_dropped_total") == 0)
        {
            decided += Fill(queue, decided);
            await host.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()));
            decided++;
        }

        Assert.Equal(DecisionRecordQueue.DefaultCapacity, queue.Count);
        Assert.Equal(0, await CountAsync(host.Web, "antifraud_archive_available"));

        // The disk answers again: what was opened is no file of records, and is taken away.
        await using (new FileStream(pipe, FileMode.Open, FileAccess.Write))
        {
            Directory.Delete(hour, recursive: true);
        }

        var dropped = await CountAsync(host.Web, "antifraud_records_dropped_total");
        await Patience.UntilAsync(async () => await CountAsync(host.Web, "antifraud_records_written_total") == decided - dropped);
        await host.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()));
        await Patience.UntilAsync(async () => await CountAsync(host.Web, "antifraud_records_written_total") == decided - dropped + 1);
        Assert.Equal(dropped, await CountAsync(host.Web, "antifraud_records_dropped_total"));
        var found = await host.Services.GetRequiredService<DecisionArchive>().SearchAsync(
            new DecisionFilter { From = DateTimeOffset.UtcNow.AddHours(-1), To = DateTimeOffset.UtcNow.AddHours(1), Scene = "login" }, 1, after: null, CancellationToken.None);
        Assert.Equal(ArchiveStatus.Ok, found.Status);
    }

    private static EnumerationOptions Everything => new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    private static int Fill(DecisionRecordQueue queue, int before)
    {
        var call = ScoringCall.Rent();
        var added = 0;
        for (; queue.Count < DecisionRecordQueue.DefaultCapacity; added++)
        {
            ArchiveUnderTest.Fill(call, new MadeDecision { Decision = before + added + 1 });
            queue.Add(call, TimeSpan.Zero);
        }

        call.Return();
        return added;
    }

    private static async Task ScoreAsync(ServiceProcess service, int count)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, ending) =>
        {
            var reply = await service.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()), cancellationToken: ending);
            Assert.NotEqual(Verdict.Unspecified, reply.Verdict);
        });
    }

    // A counter that has not counted is not there.
    private static async Task<long> CountAsync(HttpClient web, string metric)
    {
        var line = (await web.GetStringAsync("/metrics")).Split('\n')
            .FirstOrDefault(line => line.StartsWith(metric, StringComparison.Ordinal) && line[metric.Length] is ' ' or '{');
        return line is null ? 0 : (long)double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    // Every file under a finished name, as any engine would read it.
    private long CountRows()
    {
        using var engine = new DuckDbEngine(threads: 1, 128L * 1024 * 1024);
        var files = Directory.EnumerateFiles(Path.Combine(Folder, ArchiveFile.FolderOf(ArchiveKind.Records)), "*.parquet", SearchOption.AllDirectories).ToList();
        return files.Count == 0 ? 0 : engine.Query($"SELECT count(*) FROM {DuckDbEngine.Read(files)} WHERE features IS NOT NULL", static reader => reader.GetInt64(0))[0];
    }
}
