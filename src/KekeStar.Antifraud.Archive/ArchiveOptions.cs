using System.ComponentModel.DataAnnotations;

namespace KekeStar.Antifraud.Archive;

/// <summary>Where decision records are kept, for how long, and what asking them may cost.</summary>
public sealed class ArchiveOptions
{
    /// <summary>
    /// Directory of the archive, made if missing (mode 0700), for one process at a time. Empty: no decision is recorded, and the
    /// dashboard has nothing to show of them. Default: <c>data/archive</c> below the working directory.
    /// </summary>
    public string Directory { get; set; } = Path.Combine("data", "archive");

    /// <summary>
    /// How long a record lives at most, in days, 1 to 31; whole hours go, so it may be an hour less. Default: 30. No more than 31:
    /// the contract lets what is derived from an identifier live for 32 days, and an event may be a day old when it comes.
    /// </summary>
    [Range(1, ArchiveLimits.MaxRetentionDays)]
    public int RetentionDays { get; set; } = 30;

    /// <summary>
    /// How long a record waits before it is in a file, at most. Default: 10 s. Shorter: more and smaller files, which are merged
    /// all the same. This much is lost when the process is killed.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Most records in a file that was not merged yet. Default: 65,536, about 80 MB of memory while they are collected (350 bytes of
    /// columns and 900 of blobs each), and as much again while they are written.
    /// </summary>
    [Range(1_000, 1_000_000)]
    public int MaxRecordsPerFile { get; set; } = 65_536;

    /// <summary>
    /// Most bytes of all files together; beyond it the oldest hours go before their time. Default: 53,687,091,200 (50 GiB), some
    /// 250 million records of 210 bytes each.
    /// </summary>
    [Range(typeof(long), "67108864", "1125899906842624")]
    public long MaxBytes { get; set; } = 50L * 1024 * 1024 * 1024;

    /// <summary>Threads that questions may use, all together. Default: 2.</summary>
    [Range(1, 256)]
    public int QueryThreads { get; set; } = 2;

    /// <summary>Memory that questions may use, all together, bytes. Default: 536,870,912 (512 MiB).</summary>
    [Range(typeof(long), "134217728", "1099511627776")]
    public long QueryMemoryBytes { get; set; } = 512L * 1024 * 1024;
}
