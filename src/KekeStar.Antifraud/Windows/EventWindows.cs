using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Writes an event into the log of each of its entities and counts what those logs hold, in one round trip. A second
/// one follows only where other calls' appends pushed this event's predecessors out of the first read, or where the
/// event's network has used up its new logs and the first trip told which logs exist.
/// </summary>
internal sealed class EventWindows
{
    private const int FirstRead = WindowLimits.TrimRecords * WindowRecord.Length;
    private const int SecondRead = WindowLimits.SecondReadRecords * WindowRecord.Length;

    private readonly StoreGate _gate;
    private readonly Pseudonymiser _pseudonymiser;
    private readonly LogTrimmer _trimmer;
    private readonly EntityContexts _contexts;
    private readonly NewLogBudget _newLogs;
    private readonly RecentEvents _recent = new();

    /// <summary>Observes through a gate.</summary>
    public EventWindows(StoreGate gate, Pseudonymiser pseudonymiser, LogTrimmer trimmer, EntityContexts contexts, NewLogBudget newLogs)
    {
        _gate = gate;
        _pseudonymiser = pseudonymiser;
        _trimmer = trimmer;
        _contexts = contexts;
        _newLogs = newLogs;
    }

    /// <summary>Which logs an event is written to.</summary>
    private enum WriteMode : byte
    {
        /// <summary>All of its entities'.</summary>
        All,

        /// <summary>None: it is a retry of an event that this process wrote.</summary>
        None,

        /// <summary>Of the logs that a device can make anew with every event only those that exist already.</summary>
        Existing,
    }

    /// <summary>Writes and counts an event.</summary>
    /// <param name="scoreEvent">The event.</param>
    /// <param name="counts">Receives the counts and how asking the store ended.</param>
    /// <param name="budget">What is left of the caller's deadline.</param>
    public ValueTask ObserveAsync(ScoreEvent scoreEvent, EventCounts counts, TimeSpan budget)
    {
        counts.Clear();
        var asking = new Asking(scoreEvent, counts, EntitySetOf(scoreEvent), ModeOf(scoreEvent), budget);
        AskFirst(asking);
        var call = _gate.ObserveAsync(counts.Observation, budget);
        if (!call.IsCompletedSuccessfully)
        {
            return AwaitAsync(call, asking);
        }

        return Conclude(call.Result, asking) ? AskAgainAsync(asking) : ValueTask.CompletedTask;
    }

    /// <summary>32 bits that stand for the set of an event's entities, the account left out.</summary>
    private static uint EntitySetOf(ScoreEvent scoreEvent)
    {
        var sum = 0UL;
        for (var slot = EntitySlot.Account + 1; slot < EntitySlot.Count; slot++)
        {
            sum += scoreEvent.Entity(slot).High;
        }

        return (uint)(sum >> 32);
    }

    private static WindowRecord RecordFor(int slot, in Asking asking) => new(
        asking.Event.TimeMilliseconds,
        (byte)asking.Event.Scene,
        Outcome: 0,
        asking.Event.IsLate,
        slot == EntitySlot.Account
            ? AccountContext.Pack(asking.Network, asking.EntitySet)
            : asking.Event.Entity(EntitySlot.Account).High,
        asking.Event.Entity(EntitySlot.Device).High,
        asking.Event.Event.High);

    private static bool HasLog(ScoreEvent scoreEvent, int slot)
    {
        var isRepeated = slot is EntitySlot.Imei2 or EntitySlot.Iccid2 or EntitySlot.Imsi2 or EntitySlot.SimSerial2
            && scoreEvent.Entity(slot) == scoreEvent.Entity(slot - 1);
        return !scoreEvent.Entity(slot).IsNone && !isRepeated;
    }

    /// <summary>True for the slots that a device can fill with something new for every event.</summary>
    private static bool IsOfDevice(int slot) => slot is not (EntitySlot.Account or EntitySlot.Bssid or EntitySlot.Ip or EntitySlot.IpPrefix);

    private WriteMode ModeOf(ScoreEvent scoreEvent) =>
        _recent.Contains(scoreEvent.Event.High) ? WriteMode.None
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
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (!HasLog(asking.Event, slot))
            {
                continue;
            }

            WindowKey.Write(key, _pseudonymiser.Epoch, EntitySlot.Kind(slot), asking.Event.Entity(slot));
            if (asking.Mode == WriteMode.None || (asking.Mode == WriteMode.Existing && IsOfDevice(slot)))
            {
                asking.Counts.Observation.AddRead(key, -FirstRead, -1);
            }
            else
            {
                asking.Counts.Observation.AddAppend(key, RecordFor(slot, asking), WindowLimits.Retention, -FirstRead, -1);
            }
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

        var needsMore = CountAll(asking, FirstRead);
        if (status != StoreStatus.Ok)
        {
            return false;
        }

        if (asking.Mode == WriteMode.All)
        {
            _recent.Add(asking.Event.Event.High);
        }

        if (asking.Mode != WriteMode.Existing && asking.Counts.Account is not { IsEntitySetKnown: true })
        {
            _contexts.Remember(asking.Event, asking.EntitySet);
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
            var own = RecordFor(slot, asking);
            var findings = WindowCounter.Count(tail, tail.Length >= read, own, asking.Counts[slot]);
            needsMore |= findings.NeedsMore;
            newLogs += observation.LogLength(entry) == WindowRecord.Length && IsOfDevice(slot) ? 1 : 0;
            if (findings.HasDuplicates || findings.HasExpired
                || observation.LogLength(entry) > WindowLimits.TrimRecords * WindowRecord.Length)
            {
                _trimmer.Request(observation.Key(entry).Span);
            }

            if (slot == EntitySlot.Account)
            {
                asking.Counts.Account = AccountHistory.Read(tail, findings.OwnIndex, own);
            }
        }

        _newLogs.Spend(asking.Network, newLogs);
        return needsMore;
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

    private void AddSecond(in Asking asking, Observation observation)
    {
        var first = asking.Counts.Observation;
        Span<byte> key = stackalloc byte[WindowKey.Length];
        var next = 0;
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (!HasLog(asking.Event, slot))
            {
                continue;
            }

            var entry = next++;
            WindowKey.Write(key, _pseudonymiser.Epoch, EntitySlot.Kind(slot), asking.Event.Entity(slot));
            if (asking.Mode == WriteMode.Existing && IsOfDevice(slot) && !first.Tail(entry).IsEmpty)
            {
                observation.AddAppend(key, RecordFor(slot, asking), WindowLimits.Retention, -SecondRead, -1);
            }
            else
            {
                observation.AddRead(key, -SecondRead, -1);
            }
        }
    }

    /// <summary>What one event asks of the store.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Asking(ScoreEvent Event, EventCounts Counts, uint EntitySet, WriteMode Mode, TimeSpan Budget)
    {
        public ulong Network => Event.Entity(EntitySlot.IpPrefix).High;
    }
}
