using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Group commit: a write is acknowledged once the append-only file is in the kernel's hands up to a commit record
/// behind that write, which a kill of the process cannot undo. One thread commits for all that wrote before it began;
/// the others wait for the lock, and most then find that their write has been taken along.
/// </summary>
/// <remarks>
/// Garnet announces a commit from a thread of the pool. Waiting for that would stall for seconds where all pool
/// threads wait here; so this waits for the file's write itself, which <see cref="StoreFile"/> does on the calling
/// thread. Recovery looks for commit records in the file and needs no announcement.
/// </remarks>
internal sealed class CommitGate(TsavoriteLog log)
{
    private const int SpinsBetweenTries = 64;

    private readonly Lock _committing = new();
    private readonly long _pageMask = (1L << log.UnsafeGetLogPageSizeBits()) - 1;
    private long _covered;

    /// <summary>Returns when everything that this thread has written is committed.</summary>
    /// <exception cref="TsavoriteException">The file could not be written.</exception>
    public void Pass()
    {
        var tail = log.TailAddress;
        if (Volatile.Read(ref _covered) >= tail)
        {
            return;
        }

        lock (_committing)
        {
            if (_covered < tail)
            {
                Commit();
            }
        }
    }

    private void Commit()
    {
        var tail = log.TailAddress;
        log.Commit();
        var spinner = default(SpinWait);
        while (!IsWrittenPast(tail))
        {
            spinner.SpinOnce(sleep1Threshold: -1);
            if (spinner.Count % SpinsBetweenTries == 0)
            {
                // Throws if the write failed.
                log.Commit();
            }
        }

        Volatile.Write(ref _covered, tail);
    }

    /// <summary>
    /// True if the commit record behind an address is written, or nothing has been added since the last one. A record
    /// lies within one page and a page's part is written in one piece; so it is written once the writing has passed
    /// the address, unless that stands exactly at the end of a page, where the record may be the first of the next.
    /// </summary>
    private bool IsWrittenPast(long address)
    {
        var written = log.FlushedUntilAddress;
        return written > address
            ? (written & _pageMask) != 0 || written >= log.TailAddress
            : written == address && log.TailAddress == address;
    }
}
