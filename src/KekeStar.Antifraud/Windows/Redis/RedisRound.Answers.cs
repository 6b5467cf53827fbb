namespace KekeStar.Antifraud.Windows.Redis;

// What the replies mean. All of this runs under the round's lock.
internal sealed partial class RedisRound
{
    /// <summary>Moves on to the next reply that the server owes.</summary>
    /// <returns>False if there is none.</returns>
    private bool FindNext(ref RoundPosition at)
    {
        while (at.Open == EntrySteps.None)
        {
            if (++at.Entry >= _count)
            {
                return false;
            }

            at.Open = _entries[at.Entry].Server == at.Server ? _entries[at.Entry].Steps : EntrySteps.None;
        }

        return true;
    }

    /// <summary>Takes one reply.</summary>
    /// <returns>False if it cannot be the command's.</returns>
    private bool Accept(int index, EntrySteps step, in RespReply reply)
    {
        ref var entry = ref _entries[index];
        if (reply.Kind == RespReplyKind.Error)
        {
            entry.Refuse(step, RedisFailure.OfReply(reply.Bytes));
            _servers.NoteError(reply.Bytes);
            return true;
        }

        switch (step)
        {
            // OK, or null where the key is there already.
            case EntrySteps.Make when reply.Kind is RespReplyKind.Simple or RespReplyKind.Null:
                return true;
            case EntrySteps.Append when reply.Kind == RespReplyKind.Integer:
                entry.LogLength = reply.Integer;
                return true;
            case EntrySteps.Renew when reply.Kind == RespReplyKind.Integer:
                entry.IsRenewed = true;
                if (reply.Integer == 1)
                {
                    _servers.Expiring.Add(Key(index));
                }

                return true;
            case EntrySteps.Read when reply.Kind == RespReplyKind.Bulk:
                entry.IsRead = true;
                Answer(index, reply.Bytes);
                return true;
            default:
                return false;
        }
    }

    private void End(int index)
    {
        ref var entry = ref _entries[index];
        entry.End();
        if ((entry.Steps & EntrySteps.Read) == 0 && entry.Outcome != EntryOutcome.Failed)
        {
            Answer(index, default);
        }

        PayExpiry(index);
    }

    private void Abandon(int index)
    {
        _entries[index].Fail(StoreStatus.Unavailable);
        PayExpiry(index);
    }

    private void PayExpiry(int index)
    {
        if (_entries[index].OwesExpiry)
        {
            _servers.PayExpiry(Key(index).ToArray(), TimeSpan.FromSeconds(_entries[index].TimeToLiveSeconds));
        }
    }

    private void Answer(int index, ReadOnlySpan<byte> tail)
    {
        // A refused append has a log length of 0: what was known before this event.
        if (!_isOver)
        {
            _observation.SetAnswer(index, Math.Max(0, _entries[index].LogLength), tail);
        }
    }

    private void EndPart()
    {
        if (--_parts == 0 && !_isOver)
        {
            Conclude();
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    // The same for the one that sends. True: nothing was sent, so the round is over without anyone having to wait.
    private bool EndIssue()
    {
        lock (_lock)
        {
            if (_sent > 0)
            {
                EndPart();
                return false;
            }

            _parts = 0;
            var isOver = !_isOver;
            if (isOver)
            {
                Conclude();
            }

            return isOver;
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            // The timer may have been on its way when the round before this one ended, and it counts in whole milliseconds.
            var left = _timeout - _servers.Time.GetElapsedTime(_started);
            if (left > TimeSpan.Zero)
            {
                _timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }

            Conclude();
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Conclude()
    {
        _isOver = true;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        int whole = 0, readOnly = 0, timedOut = 0;
        ulong answered = 0, failed = 0;
        for (var i = 0; i < _count; i++)
        {
            ref readonly var entry = ref _entries[i];
            var server = RedisServers.BitOf(entry.Server);
            switch (entry.Outcome)
            {
                case EntryOutcome.Whole:
                    whole++;
                    answered |= server;
                    break;
                case EntryOutcome.Refused:
                    readOnly++;
                    answered |= server;
                    break;
                case EntryOutcome.Failed when entry.Failure == StoreStatus.ReadOnly:
                    readOnly++;
                    break;
                case EntryOutcome.Open:
                    timedOut++;
                    failed |= server;
                    break;
                case EntryOutcome.Failed:
                    failed |= server;
                    break;
            }
        }

        _servers.Note(answered, failed);
        _status = whole == _count ? StoreStatus.Ok
            : whole > 0 ? StoreStatus.Partial
            : readOnly > 0 ? StoreStatus.ReadOnly
            : timedOut > 0 ? StoreStatus.Timeout
            : StoreStatus.Unavailable;
    }
}
