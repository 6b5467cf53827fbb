namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Lends sessions. Each processor looks first at its own place, so that a session's buffers stay in that
/// processor's cache; taking and returning are one interlocked exchange each.
/// </summary>
internal sealed class SessionPool(SocketlessServer server)
{
    /// <summary>How long calls are given to end before what needs a moment without them is left for another time; they take microseconds.</summary>
    public static readonly TimeSpan PauseLimit = TimeSpan.FromMilliseconds(100);

    private const int Open = 0;
    private const int Paused = 1;
    private const int Closed = 2;

    private readonly StoreSession?[] _places = new StoreSession?[Math.Max(16, Environment.ProcessorCount * 4)];
    private int _lent;
    private volatile int _state;

    /// <summary>Lends a session, once a pause is over; null once the pool is closed.</summary>
    public StoreSession? Take()
    {
        Interlocked.Increment(ref _lent);
        if (_state != Open && !TryWaitUntilOpen())
        {
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

    /// <summary>Lends no more sessions, waits until all are back, and does something that no call may be under way for.</summary>
    /// <param name="limit">How long to wait for calls under way.</param>
    /// <param name="work">What to do; calls that come meanwhile wait for its end.</param>
    /// <returns>False if they were not back in time, or another is at it; then nothing was done.</returns>
    public bool TryBetweenCalls(TimeSpan limit, Action work)
    {
        // A closed pool lends none any more.
        var before = Interlocked.CompareExchange(ref _state, Paused, Open);
        if (before == Paused)
        {
            return false;
        }

        try
        {
            if (!SpinWait.SpinUntil(() => Volatile.Read(ref _lent) == 0, limit))
            {
                return false;
            }

            work();
            return true;
        }
        finally
        {
            Interlocked.CompareExchange(ref _state, Open, Paused);
        }
    }

    /// <summary>Lends no more sessions, waits until all are back, and frees them.</summary>
    public async ValueTask CloseAsync()
    {
        _state = Closed;
        while (Volatile.Read(ref _lent) != 0)
        {
            await Task.Delay(1);
        }

        for (var i = 0; i < _places.Length; i++)
        {
            Interlocked.Exchange(ref _places[i], null)?.Dispose();
        }
    }

    // Counted as lent only where it goes on: a pause waits for what is lent.
    private bool TryWaitUntilOpen()
    {
        var spinner = default(SpinWait);
        while (true)
        {
            Interlocked.Decrement(ref _lent);
            while (_state == Paused)
            {
                spinner.SpinOnce();
            }

            if (_state == Closed)
            {
                return false;
            }

            Interlocked.Increment(ref _lent);
            if (_state == Open)
            {
                return true;
            }
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
