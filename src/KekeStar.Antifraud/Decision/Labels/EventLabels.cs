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
        foreach (var evidence in LabelCatalogue.Kept)
        {
            bits |= own.Values[evidence.Feature.Index] >= evidence.AtLeast ? 1u << evidence.Bit : 0;
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
        var seen = history.Seen & GrantedBits(scoreEvent);
        var labels = LabelCatalogue.All;
        for (var index = 0; index < labels.Length; index++)
        {
            if (IsProven(labels[index], features))
            {
                _labels[_count++] = new EventLabel(index, LabelState.Current, scoreEvent.TimeMilliseconds);
            }
            else if ((seen & labels[index].KeptBits) != 0)
            {
                _labels[_count++] = new EventLabel(index, LabelState.Historical, LastSeen(seen & labels[index].KeptBits, history));
            }
        }
    }

    // What is refused, absent or unreadable is NaN, with which every comparison is false.
    private static bool IsProven(Label label, FeatureVector features)
    {
        for (var i = 0; i < label.Evidence.Count; i++)
        {
            if (features.Values[label.Evidence[i].Feature.Index] >= label.Evidence[i].AtLeast)
            {
                return true;
            }
        }

        return false;
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
