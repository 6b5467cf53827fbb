using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>The epochs of a ring, and which set is in use from when to when. Immutable but for what was found last.</summary>
internal sealed class KeyRingPlan
{
    private readonly KeySchedule? _schedule;
    private readonly Span[] _spans;
    private volatile Span _latest;

    /// <summary>Plans by a schedule.</summary>
    /// <param name="epochs">The epochs.</param>
    /// <param name="schedule">Their schedule, in the same order.</param>
    public KeyRingPlan(IReadOnlyList<KeyEpoch> epochs, KeySchedule schedule)
    {
        Epochs = epochs;
        _schedule = schedule;
        long[] changes = [.. schedule.Changes().Select(static time => time.ToUnixTimeMilliseconds())];
        _spans =
        [
            .. changes.Prepend(long.MinValue).Zip(
                changes.Append(long.MaxValue),
                (from, until) => new Span(from, until, SetAt(from == long.MinValue ? DateTimeOffset.MinValue : DateTimeOffset.FromUnixTimeMilliseconds(from)))),
        ];
        _latest = _spans[0];
    }

    /// <summary>Plans one set for all time.</summary>
    public KeyRingPlan(KeySet set)
    {
        Epochs = set.All;
        _spans = [new Span(long.MinValue, long.MaxValue, set)];
        _latest = _spans[0];
    }

    /// <summary>All epochs, in the order in which they begin.</summary>
    public IReadOnlyList<KeyEpoch> Epochs { get; }

    /// <summary>The set in use at a time, Unix milliseconds.</summary>
    public KeySet At(long now)
    {
        var latest = _latest;
        return now >= latest.From && now < latest.Until ? latest.Set : Find(now);
    }

    /// <summary>The role of every epoch at a time.</summary>
    public IReadOnlyList<KeyEpochState> StatesAt(DateTimeOffset now) => _schedule is null
        ? [.. Epochs.Select(epoch => new KeyEpochState(epoch.Number, epoch.Algorithm, RoleIn(_spans[0].Set, epoch), Since: null, Until: null))]
        : [.. Epochs.Select((epoch, index) => KeyEpochState.Of(_schedule, index, epoch.Number, epoch.Algorithm, now))];

    private static KeyEpochRole RoleIn(KeySet set, KeyEpoch epoch) =>
        epoch == set.Current ? KeyEpochRole.Current
        : set.WritesOther ? KeyEpochRole.Filling
        : KeyEpochRole.Retiring;

    private KeySet Find(long now)
    {
        var found = Array.Find(_spans, span => now < span.Until) ?? _spans[^1];
        _latest = found;
        return found.Set;
    }

    private KeySet SetAt(DateTimeOffset time)
    {
        KeyEpoch? current = null;
        KeyEpoch? other = null;
        var writesOther = false;
        for (var i = 0; i < Epochs.Count; i++)
        {
            switch (_schedule!.RoleAt(i, time))
            {
                case KeyEpochRole.Current:
                    current = Epochs[i];
                    break;
                case KeyEpochRole.Filling or KeyEpochRole.Retiring:
                    other = Epochs[i];
                    writesOther = _schedule.IsWrittenAt(i, time);
                    break;
                default:
                    break;
            }
        }

        return new KeySet(current!, other, writesOther);
    }

    private sealed record Span(long From, long Until, KeySet Set);
}
