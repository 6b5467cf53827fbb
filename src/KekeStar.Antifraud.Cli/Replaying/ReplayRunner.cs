using Grpc.Core;
using KekeStar.Antifraud.Cli.Connecting;
using KekeStar.Antifraud.Client;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>
/// Sends the entries of a file in their order, several at a time. Entries of one account or one event never overtake
/// each other: a report follows its event, a login the one before it.
/// </summary>
internal sealed class ReplayRunner : IDisposable
{
    /// <summary>Finished predecessors are dropped whenever this many accounts and events are remembered.</summary>
    private const int Remembered = 16_384;

    private readonly ServiceConnection _service;
    private readonly ReplayPace _pace;
    private readonly int _concurrency;
    private readonly IdentifierSealer? _sealer;
    private readonly SemaphoreSlim _slots;
    private readonly Dictionary<string, Task> _latest = new(StringComparer.Ordinal);
    private readonly ReplayTally _tally = new();

    /// <summary>Creates the runner; it runs once.</summary>
    /// <param name="service">Where to send.</param>
    /// <param name="pace">When to send.</param>
    /// <param name="concurrency">Most calls at a time, from 1.</param>
    /// <param name="sealer">Seals the identifiers; null: they are sent as they are.</param>
    public ReplayRunner(ServiceConnection service, ReplayPace pace, int concurrency, IdentifierSealer? sealer = null)
    {
        _sealer = sealer;
        _service = service;
        _pace = pace;
        _concurrency = concurrency;
        _slots = new SemaphoreSlim(concurrency);
    }

    /// <summary>Sends all entries.</summary>
    /// <param name="entries">The entries, placed in time.</param>
    /// <param name="sent">Called after each answer.</param>
    /// <param name="cancellation">Ends the replay early; what was sent stays counted.</param>
    public async Task<ReplayTally> RunAsync(IEnumerable<ReplayEntry> entries, Action sent, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            foreach (var entry in entries)
            {
                await _pace.WaitAsync(entry, stop.Token);
                await _slots.WaitAsync(stop.Token);
                _tally.Open(entry.Group);
                Chain(entry, SendAsync(entry, Predecessors(entry), sent, stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is under way still ends below.
        }

        for (var slot = 0; slot < _concurrency; slot++)
        {
            await _slots.WaitAsync(CancellationToken.None);
        }

        _tally.Elapsed = TimeProvider.System.GetElapsedTime(start);
        return _tally;
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    // A waiting entry holds its slot; those it waits for were given theirs earlier, so they always come to an end.
    private async Task SendAsync(ReplayEntry entry, Task before, Action sent, CancellationTokenSource stop)
    {
        try
        {
            await before;
            Seal(entry);
            if (entry.Score is { } score)
            {
                _tally.Add(entry, await _service.Antifraud.ScoreAsync(score, _service.Call(stop.Token)));
            }
            else
            {
                _tally.Add(entry, await _service.Antifraud.ReportAsync(entry.Report!, _service.Call(stop.Token)));
            }

            sent();
        }
        catch (RpcException failure)
        {
            if (!stop.IsCancellationRequested && _tally.Add(entry, failure))
            {
                await stop.CancelAsync();
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    // After the event got its last id. One that cannot be sealed is one that cannot be scored.
    private void Seal(ReplayEntry entry)
    {
        try
        {
            if (_sealer is not null)
            {
                entry.Seal(_sealer);
            }
        }
        catch (ArgumentException unsealable)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, unsealable.Message));
        }
    }

    private Task Predecessors(ReplayEntry entry) => Task.WhenAll(
        _latest.GetValueOrDefault(AccountKey(entry), Task.CompletedTask),
        _latest.GetValueOrDefault(EventKey(entry), Task.CompletedTask));

    private void Chain(ReplayEntry entry, Task task)
    {
        if (_latest.Count >= Remembered)
        {
            foreach (var (key, _) in _latest.Where(static pair => pair.Value.IsCompleted).ToArray())
            {
                _latest.Remove(key);
            }
        }

        _latest[EventKey(entry)] = task;
        if (entry.AccountId.Length > 0)
        {
            _latest[AccountKey(entry)] = task;
        }
    }

    private static string AccountKey(ReplayEntry entry) => "a" + entry.AccountId;

    private static string EventKey(ReplayEntry entry) => "e" + entry.EventId;
}
