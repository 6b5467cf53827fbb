namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>What a right asks of the archive of decision records, which its writer alone may change.</summary>
internal abstract class RecordRequest
{
    private int _isTaken;

    /// <summary>Takes it, to carry it out or to give it up; one alone can.</summary>
    /// <returns>False if it was taken before.</returns>
    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    /// <summary>Answers that it could not be carried out; what was done of it stays done.</summary>
    public abstract void Fail();
}

/// <summary>The same with what it answers.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal abstract class RecordRequest<T> : RecordRequest
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The answer once it is there.</summary>
    public Task<T> Answer => _answer.Task;

    /// <summary>Answers.</summary>
    public void Complete(T answer) => _answer.TrySetResult(answer);
}
