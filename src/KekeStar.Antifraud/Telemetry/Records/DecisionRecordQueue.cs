using System.Collections.Concurrent;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>
/// The way of records of decisions and of reported outcomes out of the service's work: bounded, never waited for. What finds it full is
/// counted and gone. Beside the records go what rights ask of the archive; those are few and are not bounded by it.
/// </summary>
/// <remarks>
/// A retry of an event whose full answer was recorded gets no second record. One that this process has forgotten, or that another
/// instance took, does; so does one whose first try was answered without the store, because that answer was another one.
/// </remarks>
internal sealed class DecisionRecordQueue
{
    /// <summary>Most records that wait: 16,384, one second at 16,000 decisions a second, where the writer looks ten times a second.</summary>
    public const int DefaultCapacity = 16_384;

    /// <summary>
    /// Most memory of the records that wait: 64 MiB. A record of an event with twenty entities holds 2 KiB, so it is the number
    /// of records that binds (32 MiB); this binds where a policy of a thousand rules fires them all (20 KiB for each record).
    /// </summary>
    public const long DefaultMaxBytes = 64L * 1024 * 1024;

    /// <summary>
    /// Most outcomes that wait: 16,384, as many as decisions; of each event there is seldom more than one. Of 1.3 KiB at most, 21 MiB.
    /// </summary>
    public const int DefaultOutcomeCapacity = 16_384;

    /// <summary>How long what rights ask waits for the archive to come to it: 2 minutes; a merge that is under way takes less.</summary>
    public static readonly TimeSpan RequestTime = TimeSpan.FromMinutes(2);

    // What an unusual event made larger is left to the collector and not kept for ever.
    private const int LargestPooledBytes = 8 * 1_024;

    private readonly ConcurrentQueue<DecisionRecord> _queued = new();
    private readonly ConcurrentQueue<DecisionRecord> _free = new();
    private readonly ConcurrentQueue<OutcomeRecord> _outcomes = new();
    private readonly ConcurrentQueue<RecordRequest> _requests = new();
    private readonly RecentHashes _recorded = new();
    private readonly DecisionRecordMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private readonly long _maxBytes;
    private readonly int _outcomeCapacity;
    private int _outcomeCount;
    private long _sequence;
    private int _count;
    private long _bytes;
    private volatile bool _isClosed;

    /// <summary>Makes a queue of the default size.</summary>
    public DecisionRecordQueue(DecisionRecordMetrics metrics, TimeProvider time)
        : this(metrics, time, DefaultCapacity, DefaultMaxBytes)
    {
    }

    /// <summary>Makes a queue.</summary>
    /// <param name="metrics">Counts.</param>
    /// <param name="time">Stamps the records.</param>
    /// <param name="capacity">Most records that wait, 1 or more.</param>
    /// <param name="maxBytes">Most memory that they hold.</param>
    /// <param name="outcomeCapacity">Most outcomes that wait, 1 or more. Default: <see cref="DefaultOutcomeCapacity"/>.</param>
    public DecisionRecordQueue(
        DecisionRecordMetrics metrics, TimeProvider time, int capacity, long maxBytes, int outcomeCapacity = DefaultOutcomeCapacity)
    {
        _outcomeCapacity = outcomeCapacity;
        _metrics = metrics;
        _time = time;
        _capacity = capacity;
        _maxBytes = maxBytes;
        metrics.Watch(() => Volatile.Read(ref _count) + Volatile.Read(ref _outcomeCount));
    }

    /// <summary>Number of decisions that wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Number of outcomes that wait.</summary>
    public int OutcomeCount => Volatile.Read(ref _outcomeCount);

    /// <summary>Records a decision, or counts it as dropped. Called on the hot path: never waits, allocates nothing once warm.</summary>
    /// <param name="call">The event that was decided about.</param>
    /// <param name="elapsed">From the parsed request to the decision.</param>
    public void Add(ScoringCall call, TimeSpan elapsed)
    {
        // Scored and written nowhere: the account was erased after the event.
        if (call.Event.IsForgotten)
        {
            return;
        }

        var decision = call.Event.Event.High;
        if (_recorded.Contains(decision))
        {
            _metrics.Retried();
            return;
        }

        if (Interlocked.Increment(ref _count) > _capacity || Interlocked.Read(ref _bytes) >= _maxBytes)
        {
            Interlocked.Decrement(ref _count);
            _metrics.Dropped();
            return;
        }

        if (!_free.TryDequeue(out var record))
        {
            record = new DecisionRecord();
        }

        record.Fill(call, _time.GetUtcNow().ToUnixTimeMilliseconds(), Interlocked.Increment(ref _sequence), elapsed);
        Interlocked.Add(ref _bytes, record.HeldBytes);
        _queued.Enqueue(record);
        if (record.Store == StoreStatus.Ok)
        {
            _recorded.Add(decision);
        }
    }

    /// <summary>Records an outcome that was written to windows, or counts it as dropped. Never waits.</summary>
    /// <param name="outcome">The outcome; receives its time and place.</param>
    public void Add(OutcomeRecord outcome)
    {
        if (Interlocked.Increment(ref _outcomeCount) > _outcomeCapacity)
        {
            Interlocked.Decrement(ref _outcomeCount);
            _metrics.Dropped();
            return;
        }

        outcome.TimeMilliseconds = _time.GetUtcNow().ToUnixTimeMilliseconds();
        outcome.Sequence = Interlocked.Increment(ref _sequence);
        _outcomes.Enqueue(outcome);
    }

    /// <summary>Takes the next outcome.</summary>
    public bool TryTakeOutcome(out OutcomeRecord outcome)
    {
        if (!_outcomes.TryDequeue(out outcome!))
        {
            return false;
        }

        Interlocked.Decrement(ref _outcomeCount);
        return true;
    }

    /// <summary>Takes the next record; give it back with <see cref="Return"/>.</summary>
    public bool TryTake(out DecisionRecord record)
    {
        if (!_queued.TryDequeue(out record!))
        {
            return false;
        }

        Interlocked.Add(ref _bytes, -record.HeldBytes);
        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <summary>Gives a record back to be filled again.</summary>
    public void Return(DecisionRecord record)
    {
        if (record.HeldBytes <= LargestPooledBytes && _free.Count < _capacity)
        {
            _free.Enqueue(record);
        }
    }

    /// <summary>Asks something of the archive.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="request">What is asked.</param>
    /// <returns>The answer; its status says if the archive could not carry all of it out, or did not come to it in time.</returns>
    public async Task<T> AskAsync<T>(RecordRequest<T> request)
    {
        _requests.Enqueue(request);
        if (_isClosed)
        {
            FailRequests();
        }

        // A disk that does not answer holds the archive's threads for as long as it likes.
        await using var waiting = _time.CreateTimer(
            static request => GiveUp((RecordRequest)request!), request, RequestTime, Timeout.InfiniteTimeSpan);
        return await request.Answer;
    }

    /// <summary>Takes the next thing that is asked of the archive.</summary>
    public bool TryTakeRequest(out RecordRequest request)
    {
        while (_requests.TryDequeue(out request!))
        {
            if (request.TryTake())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Tells that nobody answers any more.</summary>
    public void Close()
    {
        _isClosed = true;
        FailRequests();
    }

    private static void GiveUp(RecordRequest request)
    {
        if (request.TryTake())
        {
            request.Fail();
        }
    }

    private void FailRequests()
    {
        while (_requests.TryDequeue(out var request))
        {
            GiveUp(request);
        }
    }
}
