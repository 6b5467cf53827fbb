using System.Diagnostics;
using DuckDB.NET.Data;
using KekeStar.Antifraud.Archive.Files;

namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>Lets a few questions run at a time, each for so long and no longer, on threads that nobody else needs.</summary>
internal sealed class QuestionDesk : IDisposable
{
    private readonly DuckDbEngine _engine;
    private readonly ArchiveMetrics _metrics;
    private readonly TimeSpan _limit;
    private readonly SemaphoreSlim _turns = new(ArchiveLimits.ParallelQueries);

    /// <summary>Makes a desk with an engine of its own.</summary>
    /// <param name="options">What questions may cost.</param>
    /// <param name="metrics">Takes how long they took.</param>
    /// <param name="limit">How long one may take.</param>
    public QuestionDesk(ArchiveOptions options, ArchiveMetrics metrics, TimeSpan limit)
    {
        _engine = new DuckDbEngine(options.QueryThreads, options.QueryMemoryBytes);
        _metrics = metrics;
        _limit = limit;
    }

    /// <summary>Asks.</summary>
    /// <param name="empty">The answer where there is none.</param>
    /// <param name="ask">Asks; runs on a thread of its own.</param>
    /// <param name="cancellation">The one who asks has gone away.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> says so.</exception>
    public async Task<ArchiveAnswer<T>> AskAsync<T>(T empty, Func<Question, T> ask, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await TryAskAsync(empty, ask, cancellation);
        _metrics.Asked(Stopwatch.GetElapsedTime(started), answer.Status);
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.Dispose();
        _turns.Dispose();
    }

    private async Task<ArchiveAnswer<T>> TryAskAsync<T>(T empty, Func<Question, T> ask, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ending.CancelAfter(_limit);
        try
        {
            await _turns.WaitAsync(ending.Token);
            try
            {
                return await Task.Factory.StartNew(
                    () => Answer(ask, ending.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ArchiveAnswer<T>(ArchiveStatus.Timeout, empty);
        }
        catch (Exception fault) when (fault is DuckDBException or IOException or UnauthorizedAccessException)
        {
            return new ArchiveAnswer<T>(ArchiveStatus.Unavailable, empty);
        }
    }

    private ArchiveAnswer<T> Answer<T>(Func<Question, T> ask, CancellationToken ending)
    {
        using var connection = _engine.Connect();
        var question = new Question(connection, ending);
        var value = ask(question);
        return new ArchiveAnswer<T>(question.IsTruncated ? ArchiveStatus.Truncated : ArchiveStatus.Ok, value);
    }
}
