using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>Features: the vector of an event of twelve window logs.</summary>
[MemoryDiagnoser]
public class FeatureBenchmarks
{
    private readonly Dictionary<string, double> _byName = new(StringComparer.Ordinal);
    private HotPath _hotPath = null!;
    private ScoringCall _call = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        _call = await BurstOfRegistrations.ScoreAsync(_hotPath);
        DictionaryByName();
        FeatureBuilder();
        foreach (var (name, value) in _byName)
        {
            if (!value.Equals(_call.Features.Values[FeatureCatalogue.Find(name)!.Index]))
            {
                throw new InvalidOperationException("The two ways do not agree.");
            }
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _hotPath.DisposeAsync();

    /// <summary>The windowed features alone in a dictionary, as a rule engine with named facts would want them.</summary>
    [Benchmark(Baseline = true)]
    public int DictionaryByName()
    {
        _byName.Clear();
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (_call.Counts[slot].IsKnown)
            {
                var group = FeatureGroups.Of(EntitySlot.Kind(slot));
                Add(group, group, _call.Counts[slot]);
                if (FeatureGroups.IsIdentifier(group))
                {
                    Add(FeatureGroup.Identifier, group, _call.Counts[slot]);
                }
            }
        }

        return _byName.Count;
    }

    /// <summary>All features.</summary>
    [Benchmark]
    public double FeatureBuilder()
    {
        KekeStar.Antifraud.Features.FeatureBuilder.Build(_call.Event, _call.Counts, _call.Features);
        return _call.Features.Values[0];
    }

    /// <summary>The part of it that goes before the store: what the event tells by itself.</summary>
    [Benchmark]
    public double BuildOwn()
    {
        KekeStar.Antifraud.Features.FeatureBuilder.BuildOwn(_call.Event, _call.Features);
        return _call.Features.Values[0];
    }

    /// <summary>The part of it that goes after the store. Onto a vector that has them already: the same work but for the stores into it.</summary>
    [Benchmark]
    public double AddWindows()
    {
        KekeStar.Antifraud.Features.FeatureBuilder.AddWindows(_call.Event, _call.Counts, _call.Features);
        return _call.Features.Values[0];
    }

    /// <summary>The part of <see cref="BuildOwn"/> that forgets the last event.</summary>
    [Benchmark]
    public double ClearAlone()
    {
        _call.Features.Clear();
        return _call.Features.Values[0];
    }

    private void Add(FeatureGroup target, FeatureGroup source, WindowCounts counts)
    {
        for (var metric = WindowMetric.Events; metric <= WindowMetric.Regularity; metric++)
        {
            if (source == FeatureGroup.Account && (metric is WindowMetric.Accounts or WindowMetric.FailedAccounts))
            {
                continue;
            }

            for (var window = 0; window < WindowLengths.Count; window++)
            {
                var name = FeatureCatalogue.At(FeatureCatalogue.WindowFeature(target, metric, (WindowLength)window)).Name;
                var value = metric == WindowMetric.Regularity ? counts.Regularity(window) : counts[metric, window];
                if (!_byName.TryGetValue(name, out var present) || double.IsNaN(present) || value > present)
                {
                    _byName[name] = value;
                }
            }
        }
    }
}
