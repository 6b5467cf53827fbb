using System.Buffers.Binary;
using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>The calls away from the hot path, and what all calls share.</summary>
public sealed partial class GarnetWindowStore
{
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
            AskRead(session.Request, key, start, -1);
            if (session.Run() && session.Replies.TryBulk(out var log))
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

            if (replacement.IsEmpty)
            {
                RemoveEmpty(session, key);
            }
            else if (!IsUsualTimeToLive(timeToLive))
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

            if (answer == TrimLog.Emptied)
            {
                RemoveEmpty(session, key);
            }

            return Commit() ? new StoreReplace(StoreStatus.Ok, true) : new StoreReplace(StoreStatus.Unavailable, false);
        }
        finally
        {
            _sessions.Return(session);
        }
    }

    // The log is empty; take the record itself away, unless something has been appended meanwhile.
    private static void RemoveEmpty(StoreSession session, ReadOnlySpan<byte> key)
    {
        AskReplace(session.Request, key, default, default);
        session.Run();
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
