using System.Buffers.Binary;
using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>The calls away from the hot path, and what all calls share.</summary>
public sealed partial class GarnetWindowStore
{
    // Answers of PTTL: https://redis.io/docs/latest/commands/pttl/.
    private const long Missing = -2;
    private const long Unlimited = -1;

    /// <summary>Time that a key has left; null where there is no log under it: no record, or an emptied one.</summary>
    internal TimeSpan? TimeToLive(ReadOnlySpan<byte> key)
    {
        var session = _sessions.Take() ?? throw new ObjectDisposedException(nameof(GarnetWindowStore));
        try
        {
            while (true)
            {
                var begin = _garnet.RecordLogBegin;
                session.Request.Raw("*2\r\n$4\r\nPTTL\r\n"u8);
                session.Request.Bulk(key);
                AskRead(session.Request, key, 0, -1);
                var isAnswered = session.Run();
                var replies = session.Replies;
                if (!isAnswered || !replies.TryInteger(out var milliseconds) || !replies.TryBulk(out var log))
                {
                    throw new InvalidOperationException("The store did not answer.");
                }

                if (!log.IsEmpty && milliseconds != Missing)
                {
                    return milliseconds == Unlimited ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds);
                }

                if (begin == _garnet.RecordLogBegin)
                {
                    return null;
                }
            }
        }
        finally
        {
            _sessions.Return(session);
        }
    }

    private StoreStatus Append(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, TimeSpan timeToLive)
    {
        if (!_room.TakesWrites)
        {
            return Refuse();
        }

        var session = _sessions.Take();
        if (session is null)
        {
            return StoreStatus.Unavailable;
        }

        try
        {
            // A range that begins after any log: nothing is read back.
            AskAppend(session.Request, key, value, int.MaxValue, int.MaxValue);
            if (!IsUsualTimeToLive(timeToLive))
            {
                AskExpire(session.Request, key, (long)timeToLive.TotalSeconds);
            }

            if (!session.Run())
            {
                SessionFailed(_logger);
                return StoreStatus.Unavailable;
            }

            return session.Replies.TryInteger(out _) && Commit() ? StoreStatus.Ok : StoreStatus.Unavailable;
        }
        finally
        {
            _sessions.Return(session);
        }
    }

    private StoreRead Read(ReadOnlySpan<byte> key, long start)
    {
        var session = _sessions.Take();
        if (session is null)
        {
            return new StoreRead(StoreStatus.Unavailable, default);
        }

        try
        {
            if (TryRead(session, key, start, -1, out var log))
            {
                return new StoreRead(StoreStatus.Ok, log.ToArray());
            }

            SessionFailed(_logger);
            return new StoreRead(StoreStatus.Unavailable, default);
        }
        finally
        {
            _sessions.Return(session);
        }
    }

    /// <summary>
    /// Reads part of a log. Where compaction gives up the place that Garnet has gone to read, Garnet finds nothing, though the log
    /// has been moved (docs/decisions/0035); so nothing counts only if the record log's begin stood still.
    /// </summary>
    private bool TryRead(StoreSession session, ReadOnlySpan<byte> key, long start, long end, out ReadOnlySpan<byte> log)
    {
        long begin;
        do
        {
            begin = _garnet.RecordLogBegin;
            AskRead(session.Request, key, start, end);
            if (!session.Run() || !session.Replies.TryBulk(out log))
            {
                log = default;
                return false;
            }
        }
        while (log.IsEmpty && begin != _garnet.RecordLogBegin);

        return true;
    }

    // Appends need none of it: Garnet looks for a log that has moved before it begins a new one.
    private int ReadMissingAgain(StoreSession session, Observation observation, int answered)
    {
        for (var i = 0; i < answered; i++)
        {
            if (!observation.Value(i).IsEmpty || !observation.Tail(i).IsEmpty)
            {
                continue;
            }

            if (!TryRead(session, observation.Key(i).Span, observation.RangeStart(i), observation.RangeEnd(i), out var log))
            {
                SessionFailed(_logger);
                observation.ForgetAnswers(i);
                return i;
            }

            observation.SetAnswer(i, 0, log);
        }

        return answered;
    }

    private StoreReplace Replace(ReadOnlySpan<byte> key, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> replacement, TimeSpan timeToLive)
    {
        // Never refused for want of room: it is how logs are trimmed and erased.
        var session = _sessions.Take();
        if (session is null)
        {
            return new StoreReplace(StoreStatus.Unavailable, false);
        }

        try
        {
            AskReplace(session.Request, key, expected, replacement);
            if (!session.Run() || !session.Replies.TryInteger(out var replaced))
            {
                SessionFailed(_logger);
                return new StoreReplace(StoreStatus.Unavailable, false);
            }

            if (replaced == 0)
            {
                return new StoreReplace(StoreStatus.Ok, false);
            }

            if (!replacement.IsEmpty && !IsUsualTimeToLive(timeToLive))
            {
                AskExpire(session.Request, key, (long)timeToLive.TotalSeconds);
                session.Run();
            }

            return Commit() ? new StoreReplace(StoreStatus.Ok, true) : new StoreReplace(StoreStatus.Unavailable, false);
        }
        finally
        {
            _sessions.Return(session);
        }
    }

    private StoreReplace Trim(ReadOnlySpan<byte> key, long nowMilliseconds)
    {
        // Never refused for want of room, as a replacement is not.
        var session = _sessions.Take();
        if (session is null)
        {
            return new StoreReplace(StoreStatus.Unavailable, false);
        }

        try
        {
            session.Request.Raw(LogCommands.Trim);
            session.Request.Bulk(key);
            BinaryPrimitives.WriteInt64LittleEndian(session.Request.Bulk(sizeof(long)), nowMilliseconds);
            if (!session.Run() || !session.Replies.TryInteger(out var answer))
            {
                SessionFailed(_logger);
                return new StoreReplace(StoreStatus.Unavailable, false);
            }

            if (answer == TrimLog.Unchanged)
            {
                return new StoreReplace(StoreStatus.Ok, false);
            }

            return Commit() ? new StoreReplace(StoreStatus.Ok, true) : new StoreReplace(StoreStatus.Unavailable, false);
        }
        finally
        {
            _sessions.Return(session);
        }
    }

    private static void AskReplace(RequestBuffer request, ReadOnlySpan<byte> key, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> replacement)
    {
        request.Raw(LogCommands.Replace);
        request.Bulk(key);
        request.Bulk(expected);
        request.Bulk(replacement);
    }

    private StoreStatus Ping()
    {
        var session = _sessions.Take();
        if (session is null)
        {
            return StoreStatus.Unavailable;
        }

        try
        {
            session.Request.Raw("*1\r\n$4\r\nPING\r\n"u8);
            if (!session.Run() || !session.Replies.TryLine((byte)'+'))
            {
                return StoreStatus.Unavailable;
            }

            return _room.TakesWrites ? StoreStatus.Ok : StoreStatus.ReadOnly;
        }
        finally
        {
            _sessions.Return(session);
        }
    }

    private bool Commit()
    {
        try
        {
            _commits?.Pass();
            return true;
        }
        catch (TsavoriteException exception)
        {
            CommitFailed(_logger, exception);
            return false;
        }
    }

    private StoreStatus Refuse()
    {
        _metrics.Refused();
        _maintenance.NoteRefusal();
        return StoreStatus.ReadOnly;
    }
}
