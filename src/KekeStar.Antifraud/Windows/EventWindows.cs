using System.Runtime.CompilerServices;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Writes an event into the log of each of its entities and counts what those logs hold, in one round trip; a second
/// one only where other calls' appends pushed this event's predecessors out of the first read.
/// </summary>
internal sealed class EventWindows
{
    private const int FirstRead = (WindowLimits.TailRecords + WindowLimits.TailSlackRecords) * WindowRecord.Length;
    private const int SecondRead = (WindowLimits.TailRecords + WindowLimits.TrimRecords) * WindowRecord.Length;

    private readonly StoreGate _gate;
    private readonly Pseudonymiser _pseudonymiser;
    private readonly LogTrimmer _trimmer;
    private readonly EntityContexts _contexts;
    private readonly NewLogBudget _budget;
    private readonly RecentEvents _recent = new();

    /// <summary>Observes through a gate.</summary>
    public EventWindows(StoreGate gate, Pseudonymiser pseudonymiser, LogTrimmer trimmer, EntityContexts contexts, NewLogBudget budget)
    {
        _gate = gate;
        _pseudonymiser = pseudonymiser;
        _trimmer = trimmer;
        _contexts = contexts;
        _budget = budget;
    }

    /// <summary>Writes and counts an event.</summary>
    /// <param name="scoreEvent">The event.</param>
    /// <param name="counts">Receives the counts and how asking the store ended.</param>
    /// <param name="budget">What is left of the caller's deadline.</param>
    public ValueTask ObserveAsync(ScoreEvent scoreEvent, EventCounts counts, TimeSpan budget)
    {
        counts.Clear();
        var entitySet = EntitySetOf(scoreEvent);
        var isRetry = _recent.Contains(scoreEvent.Event.High);
        Ask(scoreEvent, counts.Observation, entitySet, isRetry);
        var call = _gate.ObserveAsync(counts.Observation, budget);
        if (!call.IsCompletedSuccessfully)
        {
            return AwaitAsync(call, scoreEvent, counts, entitySet, isRetry, budget);
        }

        return Conclude(call.Result, scoreEvent, counts, entitySet, isRetry)
            ? ReadMoreAsync(scoreEvent, counts, entitySet, budget)
            : ValueTask.CompletedTask;
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

    private static WindowRecord RecordFor(int slot, ScoreEvent scoreEvent, uint entitySet) => new(
        scoreEvent.TimeMilliseconds,
        (byte)scoreEvent.Scene,
        Outcome: 0,
        scoreEvent.IsLate,
        slot == EntitySlot.Account
            ? AccountContext.Pack(scoreEvent.Entity(EntitySlot.IpPrefix).High, entitySet)
            : scoreEvent.Entity(EntitySlot.Account).High,
        scoreEvent.Entity(EntitySlot.Device).High,
        scoreEvent.Event.High);

    private static bool IsRepeated(ScoreEvent scoreEvent, int slot) =>
        slot is EntitySlot.Imei2 or EntitySlot.Iccid2 or EntitySlot.Imsi2 or EntitySlot.SimSerial2
        && scoreEvent.Entity(slot) == scoreEvent.Entity(slot - 1);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitAsync(
        ValueTask<StoreStatus> call, ScoreEvent scoreEvent, EventCounts counts, uint entitySet, bool isRetry, TimeSpan budget)
    {
        if (Conclude(await call, scoreEvent, counts, entitySet, isRetry))
        {
            await ReadMoreAsync(scoreEvent, counts, entitySet, budget);
        }
    }

    /// <summary>True for the slots that a device can fill with something new for every event.</summary>
    private static bool IsOfDevice(int slot) => slot is not (EntitySlot.Account or EntitySlot.Bssid or EntitySlot.Ip or EntitySlot.IpPrefix);

    private void Ask(ScoreEvent scoreEvent, Observation observation, uint entitySet, bool isRetry)
    {
        var mayMakeLogs = _budget.Allows(scoreEvent.Entity(EntitySlot.IpPrefix).High);
        Span<byte> key = stackalloc byte[WindowKey.Length];
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            var entity = scoreEvent.Entity(slot);
            if (entity.IsNone || IsRepeated(scoreEvent, slot))
            {
                continue;
            }

            WindowKey.Write(key, _pseudonymiser.Epoch, EntitySlot.Kind(slot), entity);
            if (isRetry || (!mayMakeLogs && IsOfDevice(slot)))
            {
                observation.AddRead(key, -FirstRead, -1);
            }
            else
            {
                observation.AddAppend(key, RecordFor(slot, scoreEvent, entitySet), WindowLimits.Retention, -FirstRead, -1);
            }
        }
    }

    /// <summary>Counts what the first read brought.</summary>
    /// <returns>True if a second read would make a count exact.</returns>
    private bool Conclude(StoreStatus status, ScoreEvent scoreEvent, EventCounts counts, uint entitySet, bool isRetry)
    {
        counts.Status = status;
        if (status == StoreStatus.Timeout)
        {
            // The store may still write into it.
            counts.Observation = new Observation();
            return false;
        }

        if (status == StoreStatus.Ok && !isRetry)
        {
            _recent.Add(scoreEvent.Event.High);
        }

        return CountAll(scoreEvent, counts, entitySet, FirstRead);
    }

    private bool CountAll(ScoreEvent scoreEvent, EventCounts counts, uint entitySet, int read)
    {
        var observation = counts.Observation;
        var needsMore = false;
        var newLogs = 0;
        var index = 0;
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (scoreEvent.Entity(slot).IsNone || IsRepeated(scoreEvent, slot))
            {
                continue;
            }

            var entry = index++;
            if (entry >= observation.Count || !observation.IsAnswered(entry))
            {
                continue;
            }

            var tail = observation.Tail(entry);
            var own = RecordFor(slot, scoreEvent, entitySet);
            var findings = WindowCounter.Count(tail, tail.Length >= read, own, counts[slot]);
            needsMore |= findings.NeedsMore;
            newLogs += observation.LogLength(entry) == WindowRecord.Length && IsOfDevice(slot) ? 1 : 0;
            if (findings.HasDuplicates || findings.HasExpired
                || observation.LogLength(entry) > WindowLimits.TrimRecords * WindowRecord.Length)
            {
                _trimmer.Request(observation.Key(entry).Span);
            }

            if (slot == EntitySlot.Account)
            {
                counts.Account = AccountHistory.Read(tail, findings.OwnIndex, own);
            }
        }

        _budget.Spend(scoreEvent.Entity(EntitySlot.IpPrefix).High, newLogs);
        if (read == FirstRead && counts.Status == StoreStatus.Ok && counts.Account is not { IsEntitySetKnown: true })
        {
            _contexts.Remember(scoreEvent, entitySet);
        }

        return needsMore && read == FirstRead;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadMoreAsync(ScoreEvent scoreEvent, EventCounts counts, uint entitySet, TimeSpan budget)
    {
        var observation = new Observation();
        AskMore(scoreEvent, observation);
        var status = await _gate.ObserveAsync(observation, budget);
        if (status == StoreStatus.Ok)
        {
            counts.Observation = observation;
            CountAll(scoreEvent, counts, entitySet, SecondRead);
        }

        // Otherwise the first read stands: its counts are lower bounds and say so.
    }

    private void AskMore(ScoreEvent scoreEvent, Observation observation)
    {
        Span<byte> key = stackalloc byte[WindowKey.Length];
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            var entity = scoreEvent.Entity(slot);
            if (!entity.IsNone && !IsRepeated(scoreEvent, slot))
            {
                WindowKey.Write(key, _pseudonymiser.Epoch, EntitySlot.Kind(slot), entity);
                observation.AddRead(key, -SecondRead, -1);
            }
        }
    }
}
