using CsCheck;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Decision.Labels;

/// <summary>Labels of random events and logs against the definition, written down again in LINQ.</summary>
[Collection(nameof(AllocationCollection))]
public sealed class EventLabelsTests
{
    private const long Now = 1_800_000_000_000;
    private const long Week = 7L * 86_400_000;

    private readonly EventLabels _labels = new();
    private readonly EvidenceHistory _history = new();
    private readonly FeatureVector _features = new(FeatureCatalogue.Count);

    [Fact]
    public void A_label_is_current_by_this_event_and_historical_by_an_earlier_one_within_seven_days()
    {
        int current = 0, historical = 0;
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var scoreEvent = RandomEvent(random);
                var log = Enumerable.Range(0, random.Next(8)).Select(number => RandomRecord(random, number)).ToArray();
                Fill(random);

                _history.Read(Bytes(log), new TailFindings(OwnIndex: -1, 0, false, false, false), Record(Now, 0, 1_000));
                _labels.Find(scoreEvent, _features, _history);

                var expected = LabelCatalogue.All.ToArray().Select((label, index) => Expected(scoreEvent, log, label, index)).OfType<EventLabel>().ToArray();
                Assert.Equal(expected, _labels.All.ToArray());
                current += expected.Count(label => label.State == LabelState.Current);
                historical += expected.Count(label => label.State == LabelState.Historical);
            },
            iter: 2_000,
            threads: 1);
        Assert.True(current > 1_000 && historical > 1_000, $"{current} {historical}");
    }

    [Fact]
    public void What_an_event_brings_by_itself_is_one_bit_for_each_label_and_category() => Gen.Int.Sample(
        seed =>
        {
            Fill(new Random(seed));
            var expected = 0u;
            foreach (var evidence in LabelCatalogue.All.ToArray().SelectMany(label => label.Evidence).Where(evidence => evidence.Bit >= 0))
            {
                expected |= _features.Values[evidence.Feature.Index] >= evidence.AtLeast ? 1u << evidence.Bit : 0;
            }

            Assert.Equal(expected, EventLabels.EvidenceOf(_features));
        },
        iter: 500,
        threads: 1);

    [Fact]
    public void Finding_labels_allocates_nothing()
    {
        var scoreEvent = RandomEvent(new Random(1));
        Fill(new Random(2));
        _labels.Find(scoreEvent, _features, _history);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            scoreEvent.Evidence = EventLabels.EvidenceOf(_features);
            _labels.Find(scoreEvent, _features, _history);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ScoreEvent RandomEvent(Random random)
    {
        var scoreEvent = new ScoreEvent();
        scoreEvent.Clear();
        scoreEvent.TimeMilliseconds = Now;
        scoreEvent.Consent |= (uint)random.Next(256);
        return scoreEvent;
    }

    private static WindowRecord Record(long time, uint evidence, int number, byte outcome = 0) =>
        new(time, 0, outcome, false, 1, DeviceContext.Pack(0xABCD_0000_0000_0000, evidence), (ulong)number + 1);

    // Outcomes carry the whole device, whose lower half must not be read as evidence.
    private static WindowRecord RandomRecord(Random random, int number) => random.Next(5) == 0
        ? Record(Now - random.Next(1_000), (uint)random.Next(), number, (byte)Outcome.LoginFailed)
        : Record(Now - random.NextInt64(-600_000, Week + 86_400_000), (uint)random.Next() & (uint)random.Next(), number);

    private static byte[] Bytes(WindowRecord[] log)
    {
        var bytes = new byte[log.Length * WindowRecord.Length];
        for (var i = 0; i < log.Length; i++)
        {
            log[i].Write(bytes.AsSpan(i * WindowRecord.Length));
        }

        return bytes;
    }

    private EventLabel? Expected(ScoreEvent scoreEvent, WindowRecord[] log, Label label, int index)
    {
        if (label.Evidence.Any(evidence => _features.Values[evidence.Feature.Index] >= evidence.AtLeast))
        {
            return new EventLabel(index, LabelState.Current, Now);
        }

        var granted = label.Evidence.Where(evidence => evidence.Bit >= 0 && scoreEvent.Grants(evidence.Feature.Consent)).ToList();
        var times = log
            .Where(record => record.Outcome == 0 && Now - record.TimeMilliseconds < Week)
            .Where(record => granted.Exists(evidence => ((record.Device >> evidence.Bit) & 1) == 1))
            .Select(record => record.TimeMilliseconds)
            .ToList();
        return times.Count == 0 ? null : new EventLabel(index, LabelState.Historical, times.Max());
    }

    private void Fill(Random random)
    {
        _features.Clear();
        foreach (var feature in FeatureCatalogue.All)
        {
            if (random.Next(3) == 0)
            {
                _features.Set(feature.Index, random.Next(5) == 0 ? random.Next(10) : 0);
            }
        }
    }
}
