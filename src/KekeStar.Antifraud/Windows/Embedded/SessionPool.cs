namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Lends sessions. Each processor looks first at its own place, so that a session's buffers stay in that
/// processor's cache; taking and returning are one interlocked exchange each.
/// </summary>
internal sealed class SessionPool(SocketlessServer server)
{
    private readonly StoreSession?[] _places = new StoreSession?[Math.Max(16, Environment.ProcessorCount * 4)];
    private int _lent;
    private volatile bool _closed;

    /// <summary>Lends a session; null once the pool is closed.</summary>
    public StoreSession? Take()
    {
        Interlocked.Increment(ref _lent);
        if (_closed)
        {
            Interlocked.Decrement(ref _lent);
            return null;
        }

        var places = _places;
        var first = Thread.GetCurrentProcessorId();
        for (var i = 0; i < places.Length; i++)
        {
            if (Interlocked.Exchange(ref places[(first + i) % places.Length], null) is { } session)
            {
                return session;
            }
        }

        return new StoreSession(server);
    }

    /// <summary>Takes a session back.</summary>
    public void Return(StoreSession session)
    {
        if (session.IsBroken || !TryKeep(session))
        {
            session.Dispose();
        }

        Interlocked.Decrement(ref _lent);
    }

    /// <summary>Lends no more sessions, waits until all are back, and frees them.</summary>
    public async ValueTask CloseAsync()
    {
        _closed = true;
        while (Volatile.Read(ref _lent) != 0)
        {
            await Task.Delay(1);
        }

        for (var i = 0; i < _places.Length; i++)
        {
            Interlocked.Exchange(ref _places[i], null)?.Dispose();
        }
    }

    private bool TryKeep(StoreSession session)
    {
        var first = Thread.GetCurrentProcessorId();
        for (var i = 0; i < _places.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _places[(first + i) % _places.Length], session, null) is null)
            {
                return true;
            }
        }

        return false;
    }
}
