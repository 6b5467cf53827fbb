using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Group commit: a write is acknowledged once the append-only file is in the kernel's hands up to that write, which
/// a kill of the process cannot undo. One thread commits for all that wrote before it began; the others wait for the
/// lock, and most then find that their write has been taken along.
/// </summary>
internal sealed class CommitGate(TsavoriteLog log)
{
    private readonly Lock _committing = new();

    /// <summary>Returns when everything that this thread has written is committed.</summary>
    /// <exception cref="CommitFailureException">The file could not be written.</exception>
    public void Pass()
    {
        var tail = log.TailAddress;
        if (Volatile.Read(ref log.CommittedUntilAddress) >= tail)
        {
            return;
        }

        lock (_committing)
        {
            if (Volatile.Read(ref log.CommittedUntilAddress) < tail)
            {
                log.Commit(spinWait: true);
            }
        }
    }
}
