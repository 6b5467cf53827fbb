namespace KekeStar.Antifraud.Windows;

/// <summary>How a call to the store ended. The numbers are those of the contract's DegradedCause.</summary>
public enum StoreStatus
{
    /// <summary>Every part was answered.</summary>
    Ok = 0,

    /// <summary>The store did not answer in time; it may still carry the call out later.</summary>
    Timeout = 1,

    /// <summary>The store cannot be reached.</summary>
    Unavailable = 2,

    /// <summary>The store answers but refuses the write: read-only replica, out of memory, loading.</summary>
    ReadOnly = 3,

    /// <summary>Some parts were answered and others not (a shard of a cluster is away).</summary>
    Partial = 4,

    /// <summary>Too many calls are waiting already; the store was not asked.</summary>
    Overloaded = 5,

    /// <summary>The caller's deadline left no time; the store was not asked.</summary>
    DeadlineExceeded = 6,
}
