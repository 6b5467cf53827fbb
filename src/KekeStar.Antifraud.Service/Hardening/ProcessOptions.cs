namespace KekeStar.Antifraud.Service.Hardening;

/// <summary>What others on this machine may read out of the process.</summary>
public sealed class ProcessOptions
{
    /// <summary>
    /// True: the process may leave core dumps, and its owner may attach a debugger or read its memory. A dump holds keys
    /// and, of the requests in flight, raw identifiers. False, on Linux: no core dumps (<c>RLIMIT_CORE</c> is 0, and
    /// <c>PR_SET_DUMPABLE</c> is 0, which also keeps every other process of the same user out; root is not kept out).
    /// Default: false. For the time of an investigation alone.
    /// </summary>
    public bool AllowDumps { get; set; }
}
