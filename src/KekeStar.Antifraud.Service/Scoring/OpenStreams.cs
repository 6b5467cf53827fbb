using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>
/// The streams that callers hold open. A stop ends them first of all, while their connections are still open, and gives their
/// callers a moment to read why.
/// </summary>
/// <remarks>
/// Kestrel closes a connection as soon as its last stream has ended. A caller that has read the end of its reply, and not yet
/// ended its own half, can lose the reply's status to the connection's end: of 120 streams that were open at a stop, 4 got
/// INTERNAL, which callers do not try again, instead of UNAVAILABLE. With the moment between, 0 of 120. Whether they come
/// together to the client is a race (compare dotnet/runtime issue 68373, of the same kind).
/// </remarks>
internal sealed class OpenStreams : IHostedLifecycleService, IDisposable
{
    /// <summary>How long connections stay open after the last stream ended: 250 ms, some round trips within a country.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;

    // One of them is the service's own, until it stops.
    private int _open = 1;

    /// <summary>Counts from none.</summary>
    public OpenStreams(TimeProvider time) => _time = time;

    /// <summary>Cancelled when streams are to end.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>A stream was opened.</summary>
    public void Begin() => Interlocked.Increment(ref _open);

    /// <summary>A stream has ended.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Ends the streams and waits for their callers, if there are any; at most until the host's time to stop is over.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var isAnyOpen = Volatile.Read(ref _open) > 1;
        await _ending.CancelAsync();
        End();
        if (isAnyOpen)
        {
            await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Farewell, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => _ending.Dispose();
}
