namespace KekeStar.Antifraud.Dashboard.Archiving;

/// <summary>
/// The one question that a page waits for. Asking anew ends the one before, and leaving the page ends it too: nobody reads the answer, and
/// others wait for the turn.
/// </summary>
internal sealed class CurrentQuestion : IDisposable
{
    private CancellationTokenSource? _current;

    /// <summary>Ends the question before and begins another.</summary>
    /// <returns>Tells the new question when it is over.</returns>
    public CancellationToken Begin()
    {
        Dispose();
        _current = new CancellationTokenSource();
        return _current.Token;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _current?.Cancel();
        _current?.Dispose();
        _current = null;
    }
}
