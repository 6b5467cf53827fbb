using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using KekeStar.Antifraud.Load.Http2;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>Drives one connection from one thread, and connects again when the connection ends.</summary>
internal sealed class LoadWorker
{
    private const int ConnectionAttempts = 5;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    private readonly LoadOptions _options;
    private readonly LoadClock _clock;
    private readonly IRequestSource _source;
    private readonly IRequestSource _messages;
    private readonly RequestNumbers _numbers;
    private readonly int _index;
    private readonly ReplyCheck _check;
    private readonly Pace _pace;
    private ulong _request;

    /// <summary>Makes the worker of a connection.</summary>
    /// <param name="options">The measurement.</param>
    /// <param name="clock">Its times.</param>
    /// <param name="source">Writes the requests; shared, it does not change.</param>
    /// <param name="numbers">Where the requests' numbers begin, and where it is noted how far they came.</param>
    /// <param name="index">Which connection, from 0.</param>
    public LoadWorker(LoadOptions options, LoadClock clock, IRequestSource source, RequestNumbers numbers, int index)
    {
        _options = options;
        _clock = clock;
        _source = source;
        _messages = options.Method == LoadMethod.Batch ? new BatchRequests(source, options.Batch) : source;
        _numbers = numbers;
        _index = index;
        _check = new ReplyCheck(options.Method, source, options.EventsPerCall);
        _pace = new Pace(clock.Start, options.Rate / options.EventsPerCall, index, options.Connections);
        _request = numbers.Next(index);
    }

    /// <summary>Gets what was counted; of another thread only <see cref="LoadTally.Progress"/> may be read before the end.</summary>
    public LoadTally Tally { get; } = new();

    /// <summary>Makes calls until the clock's end.</summary>
    public void Run(CancellationToken cancellation)
    {
        int failures = 0;
        while (failures < ConnectionAttempts && !cancellation.IsCancellationRequested && Stopwatch.GetTimestamp() < _clock.To)
        {
            long before = Tally.Progress;
            if (RunConnection(cancellation))
            {
                continue;
            }

            failures = Tally.Progress > before ? 1 : failures + 1;
            Thread.Sleep(BetweenAttempts);
        }

        _numbers.Advance(_index, _request);

        // What came due in the last moment could not be sent by anyone.
        Tally.Behind = _pace.Behind(_clock.To - LoadClock.Ticks(LastMoment)) * _options.EventsPerCall;
        while (_pace.IsOpen && _pace.TryTake(_clock.To, out long dueAt))
        {
            CountLatency(dueAt, _clock.To);
        }
    }

    // False: the connection failed.
    private bool RunConnection(CancellationToken cancellation)
    {
        Http2Session? session = null;
        try
        {
            session = Http2Session.Connect(_options.Target, Shape(), _messages.Write);
            MakeCalls(session, cancellation);
            Drain(session);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or Http2Exception)
        {
            Tally.CountError(exception is SocketException socket ? $"connection: {socket.SocketErrorCode}" : $"connection: {exception.Message}");
            return false;
        }
        finally
        {
            if (session is not null)
            {
                session.LoseAll();
                TakeEnded(session);
                session.Dispose();
            }
        }
    }

    private CallShape Shape() => new()
    {
        Path = _options.Method.Path(),
        Timeout = _options.DeadlineMs > 0 ? string.Create(CultureInfo.InvariantCulture, $"{_options.DeadlineMs}m") : null,
        MessageSize = _messages.MessageSize,
        Streams = _options.Streams,
        MessagesPerStream = _options.Method == LoadMethod.Stream ? _options.MessagesPerStream : 0,
    };

    private void MakeCalls(Http2Session session, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            long now = Stopwatch.GetTimestamp();
            if (now >= _clock.To || (session.Closing && session.InFlight == 0))
            {
                return;
            }

            while (session.CanStart && _pace.TryTake(now, out long dueAt))
            {
                if (RequestNumbers.CountOf(_request) + _options.EventsPerCall > _source.PerConnection)
                {
                    throw new Http2Exception("no more requests were prepared");
                }

                session.Start(dueAt, _request);
                _request += (ulong)_options.EventsPerCall;
                if (_options.Writes == WriteMode.Single)
                {
                    session.Flush();
                }
            }

            session.Flush();
            if (_pace.IsOpen)
            {
                // With no stream free only the server can change anything; else the next call may be due first.
                long until = session.CanStart ? Math.Min(_pace.NextDue, _clock.To) : _clock.To;
                if (!ReadinessWait.CanRead(session.Descriptor, LoadClock.Microseconds(until - now) * 1000))
                {
                    continue;
                }
            }

            session.Receive();
            TakeEnded(session);
        }
    }

    private void Drain(Http2Session session)
    {
        long limit = Stopwatch.GetTimestamp() + LoadClock.Ticks(DrainLimit);
        session.Flush();
        while (session.InFlight > 0 && Stopwatch.GetTimestamp() < limit)
        {
            if (ReadinessWait.CanRead(session.Descriptor, 100_000_000))
            {
                session.Receive();
                TakeEnded(session);
            }
        }
    }

    private void TakeEnded(Http2Session session)
    {
        long now = Stopwatch.GetTimestamp();
        bool counts = _clock.Counts(now);
        foreach (Call call in session.Ended)
        {
            if (call.Outcome != CallOutcome.Ok)
            {
                Tally.CountError(Describe(call));
                continue;
            }

            ReplyVerdict verdict = _check.Check(call, out int degraded);
            if (verdict != ReplyVerdict.Right)
            {
                Tally.CountError(verdict == ReplyVerdict.Refused ? "event refused" : "reply does not answer its request");
                continue;
            }

            if (_options.Method != LoadMethod.Echo || call.Request % ReplyCheck.EchoSample == 0)
            {
                Tally.Verified += _options.EventsPerCall;
            }

            Tally.CountOk(_options.EventsPerCall, counts, degraded);
            CountLatency(call.DueAt, now);
        }

        session.Recycle();
    }

    // In the open loop a call belongs to the time when it was due. Counted by when it ended, those that wait longest,
    // past the end, would be left out.
    private void CountLatency(long dueAt, long now)
    {
        if (_clock.Counts(_pace.IsOpen ? dueAt : now))
        {
            Tally.CountLatency(LoadClock.Microseconds(now - dueAt), _options.EventsPerCall);
        }
    }

    private static string Describe(Call call) => call.Outcome switch
    {
        CallOutcome.Status when call.Status.Http is not (200 or -1) => string.Create(CultureInfo.InvariantCulture, $"HTTP status {call.Status.Http}"),
        CallOutcome.Status when call.Status.Grpc > 0 => string.Create(CultureInfo.InvariantCulture, $"grpc-status {call.Status.Grpc}"),
        CallOutcome.Status => "no grpc-status or no whole reply",
        CallOutcome.Reset => "stream reset",
        _ => "lost with its connection",
    };
}
