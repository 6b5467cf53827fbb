using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Stands between the hot path and an <see cref="IWindowStore"/> so that no event waits past its deadline for a store
/// that is slow, full or away: it refuses what cannot be answered in time, bounds the calls under way, and stops
/// asking a store that is down until a probe succeeds.
/// </summary>
/// <remarks>
/// Nothing is allocated when the store answers at once, as the embedded one does. An observation that ended in
/// <see cref="StoreStatus.Timeout"/> may still be held by the store: the caller lets go of it and never reuses it.
/// </remarks>
internal sealed partial class StoreGate
{
    private readonly IWindowStore _store;
    private readonly StoreGateOptions _options;
    private readonly StoreGateMetrics _metrics;
    private readonly ILogger<StoreGate> _logger;
    private readonly StoreBreaker _breaker;
    private int _outstanding;

    /// <summary>Puts the gate in front of a store, which stays the caller's to dispose.</summary>
    public StoreGate(
        IWindowStore store,
        StoreGateOptions options,
        StoreGateMetrics metrics,
        ILogger<StoreGate> logger,
        TimeProvider time)
    {
        _store = store;
        _options = options;
        _metrics = metrics;
        _logger = logger;
        _breaker = new StoreBreaker(options.FailuresToOpen, options.FailingFor, options.ProbeInterval, time);
        metrics.Watch(this);
    }

    /// <summary>True while the store counts as down and only probes reach it.</summary>
    public bool IsOpen => _breaker.IsOpen;

    /// <summary>Calls that wait for the store at this moment.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Carries out an observation, or says at once why not.</summary>
    /// <param name="observation">The entries; receives the answers.</param>
    /// <param name="budget">What is left of the caller's deadline.</param>
    /// <returns>
    /// The store's status; <see cref="StoreStatus.DeadlineExceeded"/>, <see cref="StoreStatus.Overloaded"/> or
    /// <see cref="StoreStatus.Unavailable"/> if the store was not asked.
    /// </returns>
    public ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan budget)
    {
        if (budget < _options.MinimumBudget)
        {
            return Refuse(StoreStatus.DeadlineExceeded);
        }

        // Before the breaker: a probe that is refused here would cost a whole probe interval.
        if (Interlocked.Increment(ref _outstanding) > _options.MaxOutstanding)
        {
            Interlocked.Decrement(ref _outstanding);
            return Refuse(StoreStatus.Overloaded);
        }

        if (!_breaker.TryEnter())
        {
            Interlocked.Decrement(ref _outstanding);
            return Refuse(StoreStatus.Unavailable);
        }

        var timeout = budget < _options.StoreTimeout ? budget : _options.StoreTimeout;
        ValueTask<StoreStatus> call;
        try
        {
            call = _store.ObserveAsync(observation, timeout);
        }
        catch
        {
            Interlocked.Decrement(ref _outstanding);
            throw;
        }

        return call.IsCompletedSuccessfully
            ? new ValueTask<StoreStatus>(Leave(call.Result))
            : AwaitAsync(call);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<StoreStatus> AwaitAsync(ValueTask<StoreStatus> call)
    {
        StoreStatus status;
        try
        {
            status = await call;
        }
        catch
        {
            Interlocked.Decrement(ref _outstanding);
            throw;
        }

        return Leave(status);
    }

    private StoreStatus Leave(StoreStatus status)
    {
        Interlocked.Decrement(ref _outstanding);
        if (status is StoreStatus.Timeout or StoreStatus.Unavailable)
        {
            if (_breaker.Failed())
            {
                LogOpened(status);
            }
        }
        else if (_breaker.Succeeded())
        {
            // Read-only and partial answers count as success: they come quickly and say what they lack.
            LogClosed();
        }

        _metrics.Count(status);
        return status;
    }

    private ValueTask<StoreStatus> Refuse(StoreStatus status)
    {
        _metrics.Count(status);
        return new ValueTask<StoreStatus>(status);
    }
}
