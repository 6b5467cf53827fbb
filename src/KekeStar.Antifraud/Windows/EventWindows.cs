using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Writes an event into the log of each of its entities and counts what those logs hold, in one round trip. A second
/// one follows only where other calls' appends pushed this event's predecessors out of the first read, or where the
/// event's network has used up its new logs and the first trip told which logs exist.
/// </summary>
/// <remarks>
/// While keys are rotated the same record, made of the other epoch's pseudonyms, goes to the other epoch's logs in the
/// same round trip. Counts come from the current epoch's alone.
/// </remarks>
internal sealed class EventWindows
{
    private const int FirstRead = WindowLimits.TrimRecords * WindowRecord.Length;
    private const int SecondRead = WindowLimits.SecondReadRecords * WindowRecord.Length;

    private readonly StoreGate _gate;
    private readonly LogTrimmer _trimmer;
    private readonly EntityContexts _contexts;
    private readonly NewLogBudget _newLogs;
    private readonly RecentHashes _recentEvents = new();

    /// <summary>Observes through a gate.</summary>
    public EventWindows(StoreGate gate, LogTrimmer trimmer, EntityContexts contexts, NewLogBudget newLogs)
    {
        _gate = gate;
        _trimmer = trimmer;
        _contexts = contexts;
        _newLogs = newLogs;
    }

    /// <summary>Writes and counts an event.</summary>
    /// <param name="scoreEvent">The event.</param>
    /// <param name="counts">Receives the counts and how asking the store ended.</param>
    /// <param name="budget">What is left of the caller's deadline.</param>
    public ValueTask ObserveAsync(ScoreEvent scoreEvent, EventCounts counts, TimeSpan budget)
    {
        counts.Clear();
        var mode = ModeOf(scoreEvent);
        var current = EventView.OfCurrent(scoreEvent);
        var asking = new Asking(
            scoreEvent, counts, current, mode, Remembers: mode is WriteMode.All or WriteMode.Existing && _contexts.IsNew(current), budget);
        AskFirst(asking);
        var call = _gate.ObserveAsync(counts.Observation, budget);
        return !call.IsCompletedSuccessfully ? AwaitAsync(call, asking)
            : Conclude(call.Result, asking) ? AskAgainAsync(asking)
            : ValueTask.CompletedTask;
    }

    private static bool HasLog(ScoreEvent scoreEvent, int slot)
    {
        var isRepeated = slot is EntitySlot.Imei2 or EntitySlot.Iccid2 or EntitySlot.Imsi2 or EntitySlot.SimSerial2
            && scoreEvent.Entity(slot) == scoreEvent.Entity(slot - 1);
        return !scoreEvent.Entity(slot).IsNone && !isRepeated;
    }

    /// <summary>True for the slots that a device can fill with something new for every event.</summary>
    private static bool IsOfDevice(int slot) => slot is not (EntitySlot.Account or EntitySlot.Bssid or EntitySlot.Ip or EntitySlot.IpPrefix);

    private static bool WritesAtOnce(WriteMode mode, int slot) => mode switch
    {
        WriteMode.All => true,
        WriteMode.Existing => !IsOfDevice(slot),
        WriteMode.Account => slot == EntitySlot.Account,
        _ => false,
    };

    private WriteMode ModeOf(ScoreEvent scoreEvent) =>
        scoreEvent.IsForgotten || _recentEvents.Contains(scoreEvent.Event.High) ? WriteMode.None
        : _contexts.IsFull(scoreEvent.Entity(EntitySlot.Account)) ? WriteMode.Account
        : _newLogs.Allows(scoreEvent.Entity(EntitySlot.IpPrefix).High) ? WriteMode.All
        : WriteMode.Existing;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitAsync(ValueTask<StoreStatus> call, Asking asking)
    {
        if (Conclude(await call, asking))
        {
            await AskAgainAsync(asking);
        }
    }

    private void AskFirst(in Asking asking)
    {
        Span<byte> key = stackalloc byte[WindowKey.Length];
        var observation = asking.Counts.Observation;
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (!HasLog(asking.Event, slot))
            {
                continue;
            }

            asking.Current.WriteKey(key, slot);
            if (WritesAtOnce(asking.Mode, slot))
            {
                observation.AddAppend(key, asking.Current.Record(slot), WindowLimits.Retention, -FirstRead, -1);
            }
            else
            {
                observation.AddRead(key, -FirstRead, -1);
            }
        }

        if (asking.Remembers)
        {
            _contexts.Add(asking.Current, observation);
        }

        if (asking.Event.Keys.WritesOther)
        {
            AskOther(asking);
        }
    }

    /// <summary>Writes to the other epoch's logs what <see cref="AskFirst"/> writes to the current one's; reads nothing.</summary>
    private void AskOther(in Asking asking)
    {
        var other = EventView.OfOther(asking.Event);
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (HasLog(asking.Event, slot) && WritesAtOnce(asking.Mode, slot))
            {
                AppendOther(other, slot, asking.Counts.Observation);
            }
        }

        if (asking.Remembers)
        {
            _contexts.Add(other, asking.Counts.Observation);
        }
    }

    private static void AppendOther(in EventView other, int slot, Observation observation)
    {
        Span<byte> key = stackalloc byte[WindowKey.Length];
        other.WriteKey(key, slot);
        observation.AddAppend(key, other.Record(slot), WindowLimits.Retention, start: 1, end: 0);
    }

    /// <summary>Counts what the first round trip brought.</summary>
    /// <returns>True if a second one is needed.</returns>
    private bool Conclude(StoreStatus status, in Asking asking)
    {
        asking.Counts.Status = status;
        if (status == StoreStatus.Timeout)
        {
            // The store may still write into it.
            asking.Counts.Observation = new Observation();
            return false;
        }

        var needsMore = CountAll(asking, FirstRead);
        if (status != StoreStatus.Ok)
        {
            return false;
        }

        if (asking.Mode == WriteMode.All)
        {
            _recentEvents.Add(asking.Event.Event.High);
        }

        if (asking.Remembers)
        {
            _contexts.NoteAdded(asking.Current, asking.Counts.Observation);
        }
        else if (asking.Mode is WriteMode.All or WriteMode.Existing && asking.Counts.Account is { IsEntitySetKnown: false })
        {
            // Remembered by this process, and not by the account's log: it was erased in between.
            _contexts.RememberLater(asking.Event);
        }

        return needsMore || asking.Mode == WriteMode.Existing;
    }

    private bool CountAll(in Asking asking, int read)
    {
        var observation = asking.Counts.Observation;
        var needsMore = false;
        var newLogs = 0;
        var next = 0;
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (!HasLog(asking.Event, slot))
            {
                continue;
            }

            var entry = next++;
            if (!observation.IsAnswered(entry))
            {
                continue;
            }

            var tail = observation.Tail(entry);
            var own = asking.Current.Record(slot);
            var findings = WindowCounter.Count(tail, tail.Length >= read, own, asking.Counts[slot]);
            needsMore |= findings.NeedsMore;
            newLogs += observation.LogLength(entry) == WindowRecord.Length && IsOfDevice(slot) ? 1 : 0;
            if (findings.HasDuplicates || findings.HasExpired
                || observation.LogLength(entry) > WindowLimits.TrimRecords * WindowRecord.Length)
            {
                RequestTrim(asking, slot, observation.Key(entry).Span);
            }

            if (slot == EntitySlot.Account)
            {
                asking.Counts.Account = AccountHistory.Read(tail, findings, own);
            }
        }

        _newLogs.Spend(asking.Network, newLogs);
        return needsMore;
    }

    private void RequestTrim(in Asking asking, int slot, ReadOnlySpan<byte> key)
    {
        _trimmer.Request(key);
        if (asking.Event.Keys.WritesOther)
        {
            // Nobody reads the other epoch's log yet, so nobody else would notice that it has grown like this one.
            Span<byte> otherKey = stackalloc byte[WindowKey.Length];
            EventView.OfOther(asking.Event).WriteKey(otherKey, slot);
            _trimmer.Request(otherKey);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AskAgainAsync(Asking asking)
    {
        var observation = new Observation();
        AddSecond(asking, observation);
        var status = await _gate.ObserveAsync(observation, asking.Budget);
        if (status == StoreStatus.Ok)
        {
            asking.Counts.Observation = observation;
            CountAll(asking, SecondRead);
        }
        else if (asking.Mode == WriteMode.Existing)
        {
            // Some of its records are not written. Without that, the first read stands: lower bounds that say so.
            asking.Counts.Status = status;
        }
    }

    private static void AddSecond(in Asking asking, Observation observation)
    {
        var first = asking.Counts.Observation;
        Span<byte> key = stackalloc byte[WindowKey.Length];
        var next = 0;
        ulong appended = 0;
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (!HasLog(asking.Event, slot))
            {
                continue;
            }

            var entry = next++;
            asking.Current.WriteKey(key, slot);
            if (asking.Mode == WriteMode.Existing && IsOfDevice(slot) && !first.Tail(entry).IsEmpty)
            {
                observation.AddAppend(key, asking.Current.Record(slot), WindowLimits.Retention, -SecondRead, -1);
                appended |= 1UL << slot;
            }
            else
            {
                observation.AddRead(key, -SecondRead, -1);
            }
        }

        if (appended == 0 || !asking.Event.Keys.WritesOther)
        {
            return;
        }

        var other = EventView.OfOther(asking.Event);
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if ((appended & (1UL << slot)) != 0)
            {
                AppendOther(other, slot, observation);
            }
        }
    }

    /// <summary>What one event asks of the store.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Asking(
        ScoreEvent Event, EventCounts Counts, EventView Current, WriteMode Mode, bool Remembers, TimeSpan Budget)
    {
        public ulong Network => Event.Entity(EntitySlot.IpPrefix).High;
    }
}
