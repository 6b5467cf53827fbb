using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Telemetry.Records;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>
/// What a decision record costs the hot path (Add, which is Features and the rest), and what it costs the writer's thread
/// (Collect and WriteFile, for each record).
/// </summary>
[MemoryDiagnoser]
public class DecisionRecordBenchmarks
{
    private const int FileRecords = 16_384;

    private readonly byte[] _blob = new byte[FeatureBlob.MaxLength];
    private readonly double[] _copy = new double[FeatureCatalogue.Count];
    private readonly RecordColumns _columns = new();
    private readonly RecordColumns _full = new();
    private readonly DecisionRecord _record = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-records-");

    private HotPath _hotPath = null!;
    private ScoringCall _call = null!;
    private DecisionRecordQueue _queue = null!;
    private RecordFileWriter _writer = null!;
    private ulong _event;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        _call = await BurstOfRegistrations.ScoreAsync(_hotPath, static device => device.Software.Add(["com.topjohnwu.magisk", "de.robv.android.xposed.installer"]));
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        _queue = new DecisionRecordQueue(new DecisionRecordMetrics(meters), TimeProvider.System);
        _writer = new RecordFileWriter(_folder.FullName, TimeProvider.System);
        _record.Fill(_call, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), sequence: 0, TimeSpan.FromMicroseconds(100));
        for (var i = 0; i < FileRecords; i++)
        {
            _full.Add(_record);
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        _folder.Delete(recursive: true);
        await _hotPath.DisposeAsync();
    }

    /// <summary>The features as they are, without making them small.</summary>
    [Benchmark(Baseline = true)]
    public void FeaturesAsTheyAre() => _call.Features.Values.AsSpan(0, FeatureCatalogue.Count).CopyTo(_copy);

    [Benchmark]
    public int Features() => FeatureBlob.Write(_call.Features, _blob);

    [Benchmark]
    public int Add()
    {
        _call.Event.Event = new Pseudonym(++_event, 1);
        _queue.Add(_call, TimeSpan.FromMicroseconds(100));
        _queue.TryTake(out var record);
        _queue.Return(record);
        return record.Score;
    }

    [Benchmark]
    public int Collect()
    {
        if (_columns.Count == FileRecords)
        {
            _columns.Clear();
        }

        _columns.Add(_record);
        return _columns.Count;
    }

    [Benchmark(OperationsPerInvoke = FileRecords)]
    public async Task<long> WriteFile()
    {
        var file = await _writer.WriteAsync(ArchiveHour.Of(DateTimeOffset.UtcNow), _full);
        File.Delete(file.RecordsPath);
        return file.Bytes;
    }
}
