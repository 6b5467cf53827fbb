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
        _numbers = numbers;
        _index = index;
        _check = new ReplyCheck(options.Method, source);
        _pace = new Pace(clock.Start, options.Rate, index, options.Connections);
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
        Tally.Behind = _pace.Behind(_clock.To - LoadClock.Ticks(LastMoment));
    }

    // False: the connection failed.
    private bool RunConnection(CancellationToken cancellation)
    {
        Http2Session? session = null;
        try
        {
            string? timeout = _options.DeadlineMs > 0 ? string.Create(CultureInfo.InvariantCulture, $"{_options.DeadlineMs}m") : null;
            session = Http2Session.Connect(_options.Target, _options.Method.Path(), timeout, _options.Streams, _source.MessageSize);
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
                if (RequestNumbers.CountOf(_request) >= _source.PerConnection)
                {
                    throw new Http2Exception("no more requests were prepared");
                }

                _source.Write(_request, session.Start(dueAt, _request));
                _request++;
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

            ReplyVerdict verdict = _check.Check(call);
            if (verdict == ReplyVerdict.Wrong)
            {
                Tally.CountError("reply does not answer its request");
                continue;
            }

            if (_options.Method == LoadMethod.Score || call.Request % ReplyCheck.EchoSample == 0)
            {
                Tally.Verified++;
            }

            Tally.CountOk(counts, LoadClock.Microseconds(now - call.DueAt), verdict == ReplyVerdict.Degraded);
        }

        session.Recycle();
    }

    private static string Describe(Call call) => call.Outcome switch
    {
        CallOutcome.Status when call.HttpStatus is not (200 or -1) => string.Create(CultureInfo.InvariantCulture, $"HTTP status {call.HttpStatus}"),
        CallOutcome.Status when call.GrpcStatus > 0 => string.Create(CultureInfo.InvariantCulture, $"grpc-status {call.GrpcStatus}"),
        CallOutcome.Status => "no grpc-status or no whole reply",
        CallOutcome.Reset => "stream reset",
        _ => "lost with its connection",
    };
}
