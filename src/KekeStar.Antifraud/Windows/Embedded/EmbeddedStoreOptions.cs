namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Settings of the embedded store. Sizes are in bytes.</summary>
public sealed class EmbeddedStoreOptions
{
    /// <summary>Smallest <see cref="MemoryBytes"/>: 32 MiB; below it the log's pages no longer fit beside the index.</summary>
    public const long MinMemoryBytes = 32L << 20;

    /// <summary>Smallest <see cref="AppendLogBytes"/>: 8 MiB, two segments of the smallest size.</summary>
    public const long MinAppendLogBytes = 8L << 20;

    /// <summary>
    /// Folder that the store owns, made if missing; null: memory only, nothing survives the process (tests and
    /// benchmarks). One process at a time.
    /// </summary>
    /// <value>Default null; the service itself sets <c>data/windows</c> below its working directory.</value>
    public string? DataDirectory { get; set; }

    /// <summary>Memory for window logs, their index and write buffers; logs beyond it are read from disk.</summary>
    /// <value>Default 512 MiB: holds about 4 million logs of a few records, and fits beside the service in 1 GiB.</value>
    public long MemoryBytes { get; set; } = 512L << 20;

    /// <summary>
    /// Size of the append-only file at which a checkpoint is taken and the file is cut. Larger: rarer checkpoints,
    /// longer replay after a crash.
    /// </summary>
    /// <value>Default 256 MiB: about 200,000 events of 10 entities.</value>
    public long AppendLogBytes { get; set; } = 256L << 20;

    /// <summary>
    /// Bound of the data directory. Past it new records are refused with <see cref="StoreStatus.ReadOnly"/> until old
    /// ones expire; none is dropped before its time.
    /// </summary>
    /// <value>Default 8 GiB. At least <see cref="MinDiskBytes"/>.</value>
    public long MaxDiskBytes { get; set; } = 8L << 30;

    /// <summary>
    /// How often everything dead is removed from memory and disk, however little it is: what was erased or has expired
    /// is unreadable at once, and its bytes are gone after this time and the minutes that the work takes.
    /// </summary>
    /// <value>Default 1 day. At least one minute; each time costs a rewrite of all live records.</value>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Smallest <see cref="MaxDiskBytes"/> for the other settings: the append-only file twice (it grows on while a
    /// checkpoint runs) and the memory four times (index of two checkpoints, the log and its dead versions).
    /// </summary>
    public long MinDiskBytes => (2 * AppendLogBytes) + (4 * MemoryBytes);

    /// <summary>Checks the settings.</summary>
    /// <returns>One line for each error: the setting, the value seen, what is allowed. Empty if all is well.</returns>
    public IReadOnlyList<string> Errors()
    {
        var errors = new List<string>();
        if (DataDirectory is { } directory && string.IsNullOrWhiteSpace(directory))
        {
            errors.Add($"{nameof(DataDirectory)} is blank; give a folder, or leave it out for a store in memory only.");
        }

        if (MemoryBytes is < MinMemoryBytes or > 1L << 40)
        {
            errors.Add($"{nameof(MemoryBytes)} is {MemoryBytes}; allowed: {MinMemoryBytes} to {1L << 40}.");
        }

        if (AppendLogBytes is < MinAppendLogBytes or > 1L << 40)
        {
            errors.Add($"{nameof(AppendLogBytes)} is {AppendLogBytes}; allowed: {MinAppendLogBytes} to {1L << 40}.");
        }

        if (DataDirectory is not null && MaxDiskBytes < MinDiskBytes)
        {
            errors.Add(
                $"{nameof(MaxDiskBytes)} is {MaxDiskBytes}; allowed: at least {MinDiskBytes} "
                + $"(twice {nameof(AppendLogBytes)} plus four times {nameof(MemoryBytes)}).");
        }

        if (SweepInterval < TimeSpan.FromMinutes(1))
        {
            errors.Add($"{nameof(SweepInterval)} is {SweepInterval}; allowed: 00:01:00 and more.");
        }

        return errors;
    }
}
