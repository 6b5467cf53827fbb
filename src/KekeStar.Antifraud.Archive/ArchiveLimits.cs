namespace KekeStar.Antifraud.Archive;

/// <summary>The bounds of the archive that no setting changes, each with its reason.</summary>
internal static class ArchiveLimits
{
    /// <summary>
    /// Longest retention in days: 31. An event may be a day old when it is decided about, and the contract lets what is derived
    /// from an identifier live for 32. A rotation of keys takes longer (KeySchedule.RotationDuration).
    /// </summary>
    public const int MaxRetentionDays = 31;

    /// <summary>How often the writer looks for records: 100 ms; a tenth of what the queue holds at 16,000 decisions a second.</summary>
    public static readonly TimeSpan DrainInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How often upkeep looks for what rights ask, what has no roll-ups, is to be merged or is past retention: 2 s.</summary>
    public static readonly TimeSpan UpkeepInterval = TimeSpan.FromSeconds(2);

    /// <summary>Files of the hour under way from which on they are merged: 48; a question opens each of them.</summary>
    public const int MergeFilesAt = 48;

    /// <summary>How long after its end an hour is merged for good: 1 minute; by then the last of its records are written.</summary>
    public static readonly TimeSpan MergeDelay = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Rows of a row group: 20,480, a sixth of DuckDB's own figure. Who looks for one row reads its group's dictionaries: 7 ms of CPU for
    /// all columns, 11 with 61,440 rows; files are 2 % larger for it. A group stands in memory as a whole while it is written: 61,440
    /// rows of 1.1 KiB took 350 MiB.
    /// </summary>
    public const int RowGroupRows = 20_480;

    /// <summary>
    /// Lowest score of a suspect: 200, the lowest that the shipped policy reviews. One row in a hundred of the generated decisions has it, and questions for a score
    /// from there on, such as that for gangs, read the files of suspects alone.
    /// </summary>
    public const int SuspectScore = 200;

    /// <summary>Largest dictionary of texts or blobs in a merged file, bytes: 1 MiB; rules and labels need a few KiB.</summary>
    public const int DictionaryTextBytes = 1024 * 1024;

    /// <summary>Memory of merging and erasing, bytes: 768 MiB, with one thread; most of the time nothing of it is used.</summary>
    public const long UpkeepMemoryBytes = 768L * 1024 * 1024;

    /// <summary>How long a question may take: 10 s, then it ends with <see cref="Reading.ArchiveStatus.Timeout"/>.</summary>
    public static readonly TimeSpan QueryTime = TimeSpan.FromSeconds(10);

    /// <summary>Questions that run at a time: 4; others wait, and their waiting counts as their time.</summary>
    public const int ParallelQueries = 4;

    /// <summary>How long an erasure waits for questions that still read a file that is to go: twice <see cref="QueryTime"/>.</summary>
    public static readonly TimeSpan ReleaseTime = 2 * QueryTime;

    /// <summary>Most rows of a page: 500.</summary>
    public const int MaxPageRows = 500;

    /// <summary>Hours that one step of a search reads at most: 168, a week.</summary>
    public const int MaxStepHours = 168;

    /// <summary>Most pseudonyms of one entity in a question: 8; an identifier has one for each key epoch.</summary>
    public const int MaxEntityIds = 8;

    /// <summary>Most linked entities of each kind: 50, the busiest; more no graph shows.</summary>
    public const int MaxLinks = 50;

    /// <summary>
    /// Most decisions that clusters are made of: 250,000, the newest. More take longer than anybody waits; with labels and rules
    /// they hold 32 MiB while the question runs and nearly as much again while they are grouped (measured with two million: 254 and 488 MiB).
    /// </summary>
    public const int MaxGraphRows = 250_000;

    /// <summary>Most decisions that links are made of: 20,000, the newest; a network or a model has that many in hours, and 50 links are shown.</summary>
    public const int MaxLinkRows = 20_000;

    /// <summary>
    /// Bytes of the newest files after which no more are read for the links of a network prefix or a cohort: 1 GiB, some five million
    /// decisions. Of such an entity there are rows in every group, so each hour costs as much as the next; with the step that goes beyond it takes half a second.
    /// </summary>
    public const long MaxLinkBytes = 1L << 30;

    /// <summary>Most groups of rows that clusters are made of: 200,000, those with the most rows.</summary>
    public const int MaxClusterGroups = 200_000;

    /// <summary>Most clusters of an answer: 50, the largest.</summary>
    public const int MaxClusters = 50;

    /// <summary>Most members of one kind that are listed of a cluster: 100.</summary>
    public const int MaxMembers = 100;

    /// <summary>
    /// Most devices that an access point, a network prefix or a cohort may have to tie them together: 200. Beyond that it is a
    /// dormitory, a carrier's gateway or a best-selling phone, and says nothing of who belongs together.
    /// </summary>
    public const int MaxSharers = 200;

    /// <summary>Most pairs of entities that are told of a cluster: 400; a graph of more is a ball of wool.</summary>
    public const int MaxTies = 400;

    /// <summary>Most members of a gang, and most others, whose features are held against each other: 200, the newest decision of each.</summary>
    public const int MaxCommonRows = 200;

    /// <summary>Hours out of which these are read: 3, the last in which the gang was seen; each holds some 180 MB of features at 50 million decisions a week.</summary>
    public const int CommonHours = 3;

    /// <summary>Most features that are told to be common to a gang: 12.</summary>
    public const int MaxCommonFeatures = 12;

    /// <summary>Most labels or rules of a ranking: 50.</summary>
    public const int MaxRanked = 50;

    /// <summary>Most points of a series over time: 1,000.</summary>
    public const int MaxPoints = 1_000;

    /// <summary>Decisions that the live tail keeps: 200.</summary>
    public const int TailRows = 200;

    /// <summary>Decisions that the live tail takes of each look at the queue: 20, so 200 a second; more nobody can watch.</summary>
    public const int TailRowsPerDrain = 20;

    /// <summary>Rows that a dry run reads at a time: 5,000, some 5 MB.</summary>
    public const int DryRunPageRows = 5_000;

    /// <summary>
    /// Most decisions that a dry run decides anew: 100,000, the newest; half a minute of one core.
    /// </summary>
    public const int MaxDryRunRows = 100_000;

    /// <summary>Dry runs at a time: 1; each keeps a core busy.</summary>
    public const int MaxDryRuns = 1;

    /// <summary>Examples that a dry run gives for each pair of verdicts: 5, the newest.</summary>
    public const int DryRunExamples = 5;

    /// <summary>Rows that are read at a time from archives that are read as a whole, as long as no second has more: 20,000, some 25 MB with their blobs.</summary>
    public const int SliceRows = 20_000;

    /// <summary>Memory of reading archives as a whole, bytes: 512 MiB.</summary>
    public const long ReadingMemoryBytes = 512L * 1024 * 1024;

    /// <summary>Examples of receipts that are not identical: 5, the first.</summary>
    public const int ReceiptExamples = 5;

    /// <summary>Most decisions that are marked at once: 500.</summary>
    public const int MaxMarks = 500;

    /// <summary>Most marks that are kept: 100,000, some 40 MB of memory; beyond it none is taken.</summary>
    public const int MaxKeptMarks = 100_000;
}
