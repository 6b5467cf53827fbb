using System.Numerics;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Decision.Labels;

/// <summary>The labels on one event, in the order of the catalogue; reused from event to event. They never change a score.</summary>
internal sealed class EventLabels
{
    private readonly EventLabel[] _labels = new EventLabel[LabelCatalogue.Count];
    private int _count;

    /// <summary>The labels.</summary>
    public ReadOnlySpan<EventLabel> All => _labels.AsSpan(0, _count);

    /// <summary>Forgets the last event.</summary>
    public void Clear() => _count = 0;

    /// <summary>The evidence that an event brings by itself: what its device's own log is to remember.</summary>
    /// <param name="own">The features that are known before the store is asked.</param>
    public static uint EvidenceOf(FeatureVector own)
    {
        var bits = 0u;
        var values = own.Values;
        foreach (ref readonly var proof in LabelCatalogue.Kept)
        {
            bits |= values[proof.Feature] >= proof.AtLeast ? proof.Kept : 0;
        }

        return bits;
    }

    /// <summary>Finds the labels of an event.</summary>
    /// <param name="scoreEvent">The event.</param>
    /// <param name="features">Its features.</param>
    /// <param name="history">What its device's own log remembers.</param>
    public void Find(ScoreEvent scoreEvent, FeatureVector features, EvidenceHistory history)
    {
        Clear();
        var current = Proven(features);
        var seen = history.Seen == 0 ? 0 : history.Seen & GrantedBits(scoreEvent);
        var labels = LabelCatalogue.All;
        for (var found = current | Remembered(seen); found != 0; found &= found - 1)
        {
            var index = BitOperations.TrailingZeroCount(found);
            _labels[_count++] = (current & (1UL << index)) != 0
                ? new EventLabel(index, LabelState.Current, scoreEvent.TimeMilliseconds)
                : new EventLabel(index, LabelState.Historical, LastSeen(seen & labels[index].KeptBits, history));
        }
    }

    // What is refused, absent or unreadable is NaN, with which every comparison is false. A bit for each label.
    private static ulong Proven(FeatureVector features)
    {
        var bits = 0UL;
        var values = features.Values;
        foreach (ref readonly var proof in LabelCatalogue.Proofs)
        {
            bits |= values[proof.Feature] >= proof.AtLeast ? proof.Label : 0;
        }

        return bits;
    }

    private static ulong Remembered(uint seen)
    {
        var bits = 0UL;
        if (seen != 0)
        {
            foreach (ref readonly var proof in LabelCatalogue.Kept)
            {
                bits |= (proof.Kept & seen) != 0 ? proof.Label : 0;
            }
        }

        return bits;
    }

    // Whoever refuses a category now is told nothing of what it said before.
    private static uint GrantedBits(ScoreEvent scoreEvent)
    {
        var bits = 0u;
        for (var category = ConsentCategory.Essential; category < ConsentCategory.Essential + LabelCatalogue.Categories; category++)
        {
            bits |= scoreEvent.Grants(category) ? LabelCatalogue.BitsOf(category) : 0;
        }

        return bits;
    }

    private static long LastSeen(uint bits, EvidenceHistory history)
    {
        var last = long.MinValue;
        for (; bits != 0; bits &= bits - 1)
        {
            last = Math.Max(last, history.LastSeenMilliseconds(BitOperations.TrailingZeroCount(bits)));
        }

        return last;
    }
}
