using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>What one entry of a <see cref="RedisRound"/> takes and what came of it so far.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RoundEntry
{
    /// <summary>Number of the server that holds the key; negative: none does.</summary>
    public int Server;

    /// <summary>True if there is a record to append, whether or not the server is asked to.</summary>
    public bool Writes;

    /// <summary>The commands that are sent.</summary>
    public EntrySteps Steps;

    /// <summary>Length of the key in bytes.</summary>
    public int KeyLength;

    /// <summary>Expiry that the key shall have, seconds.</summary>
    public int TimeToLiveSeconds;

    /// <summary>What APPEND returned; −1: nothing, or it was refused.</summary>
    public long LogLength;

    /// <summary>True once GETRANGE has brought the log's range.</summary>
    public bool IsRead;

    /// <summary>True once EXPIRE was answered by a number, whether or not the key was still there.</summary>
    public bool IsRenewed;

    /// <summary>How it stands.</summary>
    public EntryOutcome Outcome;

    /// <summary>Why the first of APPEND and GETRANGE that failed did so.</summary>
    public StoreStatus Failure;

    /// <summary>True if the record was taken, or there is none.</summary>
    public readonly bool IsAppended => !Writes || LogLength >= 0;

    /// <summary>True if the record was taken and nobody knows whether its key carries the right expiry.</summary>
    public readonly bool OwesExpiry => (Steps & EntrySteps.Renew) != 0 && LogLength >= 0 && !IsRenewed;

    /// <summary>Notes that one of the commands was refused.</summary>
    public void Refuse(EntrySteps step, StoreStatus status)
    {
        if (step is EntrySteps.Append or EntrySteps.Read && Failure == StoreStatus.Ok)
        {
            Failure = status;
        }
    }

    /// <summary>Notes that no more answers come.</summary>
    public void Fail(StoreStatus status)
    {
        Outcome = EntryOutcome.Failed;
        Failure = Failure == StoreStatus.Ok ? status : Failure;
    }

    /// <summary>
    /// Notes that all answers have come. An entry whose append was refused but whose log could be read, whatever the
    /// refusal, lies on a server that answers and takes no writes; one that reads nothing is as good as read.
    /// </summary>
    public void End()
    {
        var isRead = (Steps & EntrySteps.Read) != 0 ? IsRead : IsAppended || Failure == StoreStatus.ReadOnly;
        Outcome = !isRead ? EntryOutcome.Failed : IsAppended ? EntryOutcome.Whole : EntryOutcome.Refused;
    }
}
