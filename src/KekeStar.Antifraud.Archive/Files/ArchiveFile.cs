namespace KekeStar.Antifraud.Archive.Files;

/// <summary>
/// One file of rows; of records also the two files that were made from it, its roll-ups and its suspects. Its name says what it is:
/// <c>part-{catalogue}-{id}.parquet</c> as the writer made it, <c>merged-{catalogue}-{id}.parquet</c> in the place of others.
/// The catalogue is that of its columns and of the features in its blobs; files of two builds are not merged into one.
/// </summary>
internal sealed class ArchiveFile
{
    private const string PartPrefix = "part";
    private const string MergedPrefix = "merged";
    private const string Extension = ".parquet";

    private ArchiveFile(string root, ArchiveKind kind, ArchiveHour hour, string name, string catalogue, bool isMerged)
    {
        Kind = kind;
        HasRollUp = HasSuspects = kind != ArchiveKind.Records;
        Hour = hour;
        Name = name;
        Catalogue = catalogue;
        IsMerged = isMerged;
        RecordsPath = Path.Combine(root, FolderOf(kind), hour.Folder, name);
        RollUpPath = Path.Combine(root, RollUpsFolder, hour.Folder, name);
        SuspectsPath = Path.Combine(root, SuspectsFolder, hour.Folder, name);
    }

    /// <summary>Folder of the rows of a kind below the archive's.</summary>
    public static string FolderOf(ArchiveKind kind) => kind == ArchiveKind.Records ? "records" : "outcomes";

    /// <summary>Folder of the roll-ups below the archive's.</summary>
    public static string RollUpsFolder => "rollups";

    /// <summary>Folder of the suspects below the archive's.</summary>
    public static string SuspectsFolder => "suspects";

    /// <summary>Which rows it holds.</summary>
    public ArchiveKind Kind { get; }

    /// <summary>Its hour.</summary>
    public ArchiveHour Hour { get; }

    /// <summary>Its name, the same for records, roll-ups and suspects.</summary>
    public string Name { get; }

    /// <summary>Which features its blobs hold, 8 hexadecimal digits.</summary>
    public string Catalogue { get; }

    /// <summary>True if it stands in the place of others.</summary>
    public bool IsMerged { get; }

    /// <summary>Where the rows are.</summary>
    public string RecordsPath { get; }

    /// <summary>Where the roll-ups of records are.</summary>
    public string RollUpPath { get; }

    /// <summary>Where its records with a score of at least <see cref="ArchiveLimits.SuspectScore"/> are once more.</summary>
    public string SuspectsPath { get; }

    /// <summary>Bytes of all three.</summary>
    public long Bytes { get; set; }

    /// <summary>True once the roll-ups are there; outcomes have none and need none.</summary>
    public bool HasRollUp { get; set; }

    /// <summary>True once the suspects are there; outcomes have none and need none.</summary>
    public bool HasSuspects { get; set; }

    /// <summary>Questions that read it.</summary>
    internal int Readers { get; set; }

    /// <summary>True if it is to go as soon as nobody reads it.</summary>
    internal bool IsRetired { get; set; }

    /// <summary>Names a file that is about to be written.</summary>
    /// <param name="root">The archive's folder.</param>
    /// <param name="hour">Its hour.</param>
    /// <param name="catalogue">Which features its blobs hold.</param>
    /// <param name="isMerged">True if it stands in the place of others.</param>
    /// <param name="now">The service's clock; names sort by it.</param>
    /// <param name="kind">Which rows it holds. Default: records.</param>
    public static ArchiveFile New(
        string root, ArchiveHour hour, string catalogue, bool isMerged, DateTimeOffset now, ArchiveKind kind = ArchiveKind.Records) =>
        new(root, kind, hour, $"{(isMerged ? MergedPrefix : PartPrefix)}-{catalogue}-{Guid.CreateVersion7(now):N}{Extension}", catalogue, isMerged);

    /// <summary>Knows a file by its name; null: it is none of the archive's.</summary>
    public static ArchiveFile? Parse(string root, ArchiveHour hour, string name, ArchiveKind kind = ArchiveKind.Records)
    {
        var parts = Path.GetFileNameWithoutExtension(name).Split('-');
        return parts is [PartPrefix or MergedPrefix, _, _] && name.EndsWith(Extension, StringComparison.Ordinal)
            ? new ArchiveFile(root, kind, hour, name, parts[1], string.Equals(parts[0], MergedPrefix, StringComparison.Ordinal))
            : null;
    }
}
