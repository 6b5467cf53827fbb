using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Writes an event into the log of each of its entities and counts what those logs hold, in one round trip, or in two and
/// never more. One goes before where no token names the device (<see cref="DeviceLinking"/> looks where its identifiers
/// were seen), or where the event's network has used up its new logs, to learn which exist. Else one follows where other
/// calls' appends pushed this event's predecessors out of the first read.
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
    /// <param name="scoreEvent">The event; receives its device.</param>
    /// <param name="counts">Receives the counts and how asking the store ended.</param>
    /// <param name="budget">What is left of the caller's deadline.</param>
    public ValueTask ObserveAsync(ScoreEvent scoreEvent, EventCounts counts, TimeSpan budget)
    {
        counts.Clear();
        var mode = ModeOf(scoreEvent);
        if (scoreEvent.IsDeviceSettled && mode != WriteMode.Existing)
        {
            return ObserveAsync(scoreEvent, counts, mode, existing: 0, FirstRead, budget);
        }

        var current = EventView.OfCurrent(scoreEvent);
        DeviceLinking.Ask(current, readsAll: mode == WriteMode.Existing, counts.Observation);
        var started = Stopwatch.GetTimestamp();
        var looking = _gate.ObserveAsync(counts.Observation, budget);
        return looking.IsCompletedSuccessfully
            ? LinkAndObserveAsync(looking.Result, scoreEvent, counts, mode, budget - Stopwatch.GetElapsedTime(started))
            : AwaitAndObserveAsync(looking, scoreEvent, counts, mode, budget, started);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitAndObserveAsync(
        ValueTask<StoreStatus> looking, ScoreEvent scoreEvent, EventCounts counts, WriteMode mode, TimeSpan budget, long started)
    {
        var status = await looking;
        await LinkAndObserveAsync(status, scoreEvent, counts, mode, budget - Stopwatch.GetElapsedTime(started));
    }

    private ValueTask LinkAndObserveAsync(StoreStatus status, ScoreEvent scoreEvent, EventCounts counts, WriteMode mode, TimeSpan budget)
    {
        if (status != StoreStatus.Ok)
        {
            // Written under a device that may be the wrong one, the event would say something wrong for seven days.
            counts.Status = status;
            counts.Observation = status == StoreStatus.Timeout ? new Observation() : counts.Observation;
            return ValueTask.CompletedTask;
        }

        var existing = DeviceLinking.Read(scoreEvent, counts.Observation, readsAll: mode == WriteMode.Existing);
        counts.Observation.Clear();
        return ObserveAsync(scoreEvent, counts, mode, existing, SecondRead, budget);
    }

    private ValueTask ObserveAsync(ScoreEvent scoreEvent, EventCounts counts, WriteMode mode, ulong existing, int read, TimeSpan budget)
    {
        var current = EventView.OfCurrent(scoreEvent);
        var remembers = mode is WriteMode.All or WriteMode.Existing && _contexts.IsNew(current);
        var asking = new Asking(scoreEvent, counts, current, mode, existing, read, remembers, budget);
        AskFirst(asking);
        var call = _gate.ObserveAsync(counts.Observation, budget);
        return !call.IsCompletedSuccessfully ? AwaitAsync(call, asking)
            : Conclude(call.Result, asking) ? AskAgainAsync(asking)
            : ValueTask.CompletedTask;
    }

    private static bool Writes(in Asking asking, int slot) => asking.Mode switch
    {
        WriteMode.All => true,
        WriteMode.Existing => !WindowSlots.IsOfDevice(slot) || (asking.Existing & (1UL << slot)) != 0,
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
            if (!WindowSlots.HasLog(asking.Event, slot))
            {
                continue;
            }

            asking.Current.WriteKey(key, slot);
            if (Writes(asking, slot))
            {
                observation.AddAppend(key, asking.Current.Record(slot), WindowLimits.Retention, -asking.Read, -1);
            }
            else
            {
                observation.AddRead(key, -asking.Read, -1);
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
        Span<byte> key = stackalloc byte[WindowKey.Length];
        var other = EventView.OfOther(asking.Event);
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (WindowSlots.HasLog(asking.Event, slot) && Writes(asking, slot))
            {
                other.WriteKey(key, slot);
                asking.Counts.Observation.AddAppend(key, other.Record(slot), WindowLimits.Retention, start: 1, end: 0);
            }
        }

        if (asking.Remembers)
        {
            _contexts.Add(other, asking.Counts.Observation);
        }
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

        var needsMore = CountAll(asking, asking.Read);
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

        return needsMore && asking.Read < SecondRead;
    }

    private bool CountAll(in Asking asking, int read)
    {
        var observation = asking.Counts.Observation;
        var needsMore = false;
        var newLogs = 0;
        var next = 0;
        var standing = default(DeviceStanding);
        var cohorts = default(DeviceCohorts);
        asking.Counts.Recording.Clear();
        var isDeviceAnswered = false;
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (!WindowSlots.HasLog(asking.Event, slot))
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
            var deviceMask = slot == EntitySlot.Device ? DeviceContext.DeviceMask : ulong.MaxValue;
            var findings = WindowCounter.Count(tail, tail.Length >= read, own, asking.Counts[slot], deviceMask);
            if (findings.OwnIndex >= 0 && AdoptsTime(asking.Event, WindowRecord.Read(tail[(findings.OwnIndex * WindowRecord.Length)..])))
            {
                own = asking.Current.Record(slot);
            }

            needsMore |= findings.NeedsMore;
            newLogs += observation.LogLength(entry) == WindowRecord.Length && WindowSlots.IsOfDevice(slot) ? 1 : 0;
            if (findings.HasDuplicates || findings.HasExpired
                || observation.LogLength(entry) > WindowLimits.TrimRecords * WindowRecord.Length)
            {
                RequestTrim(asking, slot, observation.Key(entry).Span);
            }

            standing.Add(slot, tail, findings, own, asking.Counts[slot]);
            cohorts.Add(slot, tail, findings, own, asking.Counts[slot]);
            asking.Counts.Recording.Add(slot, tail, findings, own);
            if (slot == EntitySlot.Device)
            {
                isDeviceAnswered = true;
                asking.Counts.Evidence.Read(tail, findings, own);
            }

            if (slot == EntitySlot.Account)
            {
                asking.Counts.Account = AccountHistory.Read(tail, findings, own);
                asking.Counts.Sightings = AccountSightings.Read(
                    tail, findings, own, DeviceMark.Of(asking.Current.Entity(EntitySlot.Iccid2)));
            }
        }

        if (isDeviceAnswered)
        {
            asking.Counts.Device = standing;
        }

        cohorts.Read(out var cohort, out var similar);
        asking.Counts.Cohort = cohort;
        asking.Counts.Similar = similar;
        _newLogs.Spend(asking.Network, newLogs);
        return needsMore;
    }

    // A retry that came without a time of its own happened when its first try did, for all that is said of it.
    private static bool AdoptsTime(ScoreEvent scoreEvent, in WindowRecord first)
    {
        var differs = scoreEvent.TimeMilliseconds != first.TimeMilliseconds;
        scoreEvent.TimeMilliseconds = first.TimeMilliseconds;
        return differs;
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

        // Else the first read stands: lower bounds that say so.
    }

    private static void AddSecond(in Asking asking, Observation observation)
    {
        Span<byte> key = stackalloc byte[WindowKey.Length];
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (WindowSlots.HasLog(asking.Event, slot))
            {
                asking.Current.WriteKey(key, slot);
                observation.AddRead(key, -SecondRead, -1);
            }
        }
    }

    /// <summary>What one event asks of the store.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Asking(
        ScoreEvent Event,
        EventCounts Counts,
        EventView Current,
        WriteMode Mode,
        ulong Existing,
        int Read,
        bool Remembers,
        TimeSpan Budget)
    {
        public ulong Network => Event.Entity(EntitySlot.IpPrefix).High;
    }
}
