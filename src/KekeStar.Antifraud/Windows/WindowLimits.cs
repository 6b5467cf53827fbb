using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>The bounds of the window logs, each with its reason.</summary>
public static class WindowLimits
{
    /// <summary>
    /// Most records of one entity that a count looks at: 256. Past it a count is a lower bound and says so. A
    /// threshold above this is refused by the policy check.
    /// </summary>
    public const int TailRecords = 256;

    /// <summary>
    /// Further records that the first read brings, so that appends which other calls slip between this event's
    /// append and its read do not push its predecessors out of sight: 32.
    /// </summary>
    public const int TailSlackRecords = 32;

    /// <summary>
    /// A log longer than this many records is cut back to its tail, away from the hot path: 288, what the first read
    /// brings. So every record of a log is seen, and a record that no window reaches is noticed at the next event.
    /// </summary>
    public const int TrimRecords = TailRecords + TailSlackRecords;

    /// <summary>
    /// Records that the second read brings: 1,024. It is needed where copies of a retried event, or appends since, take
    /// up the first read; trimming keeps logs from growing that long.
    /// </summary>
    public const int SecondReadRecords = 1024;

    /// <summary>
    /// Most window logs that the events of one network may make in an hour: 100,000, some 15 MB. A carrier's address
    /// block with 5,000 users who all change their phones makes half of that.
    /// </summary>
    public const int MaxNewLogsPerNetworkAndHour = 100_000;

    /// <summary>The longest window: 7 days. Also how long a log lives after its last record.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <summary>
    /// How long it is remembered which entities an account's events had: 16 days. A record that was as old as
    /// <see cref="Reach"/> at the last write to its log lies there for <see cref="Retention"/> more, 15 days and 10 minutes at
    /// most; as long it must be found for erasure.
    /// </summary>
    public static readonly TimeSpan ContextRetention = TimeSpan.FromDays(16);

    /// <summary>
    /// Age past which no event accepted now can reach a record: the longest window, for the latest event that intake
    /// takes, and the clocks apart; 8 days and 10 minutes. Cutting earlier could hide that older records had been cut.
    /// </summary>
    public static readonly TimeSpan Reach = Retention + IntakeLimits.MaxEventAge + IntakeLimits.MaxClockSkew;
}
