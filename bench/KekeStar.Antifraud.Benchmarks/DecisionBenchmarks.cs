using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>Decision: verdict and labels of an event whose rules were evaluated; its device is rooted and carries a hook.</summary>
[MemoryDiagnoser]
public class DecisionBenchmarks
{
    private HotPath _hotPath = null!;
    private ScoringCall _call = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        _call = await BurstOfRegistrations.ScoreAsync(_hotPath, static device => device.Software.Add(["com.topjohnwu.magisk", "de.robv.android.xposed.installer"]));
        var expected = LabelsByLinq();
        if (Labels() != expected.Count || expected.Count == 0 || Verdict() == V1.Verdict.Unspecified)
        {
            throw new InvalidOperationException($"{Labels()} labels instead of {expected.Count}, verdict {Verdict()}.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _hotPath.DisposeAsync();

    /// <summary>The labels as one would write them first; what the device's own log remembers of earlier events is left out.</summary>
    [Benchmark(Baseline = true)]
    public IReadOnlyList<string> LabelsByLinq()
    {
        var values = _call.Features.Values;
        return [.. LabelCatalogue.All.ToArray()
            .Where(label => label.Evidence.Any(evidence => values[evidence.Feature.Index] >= evidence.AtLeast))
            .Select(static label => label.Name)];
    }

    [Benchmark]
    public int Labels()
    {
        _call.Decision.Labels.Find(_call.Event, _call.Features, _call.Counts.Evidence);
        return _call.Decision.Labels.All.Length;
    }

    /// <summary>What the event tells by itself, as it goes into the record of the device's own log.</summary>
    [Benchmark]
    public uint Evidence() => EventLabels.EvidenceOf(_call.Features);

    /// <summary>Lists, thresholds, exemption; no entity stands on a list.</summary>
    [Benchmark]
    public Verdict Verdict()
    {
        _hotPath.Decider.Decide(_call.Event, _call.Counts.Status, _call.Features, _call.Decision);
        return _call.Decision.Verdict;
    }

    /// <summary>All of it.</summary>
    [Benchmark]
    public int LabelsAndDecision() => (int)Evidence() + (int)Verdict() + Labels();
}
