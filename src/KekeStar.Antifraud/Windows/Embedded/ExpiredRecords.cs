using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Tells compaction to leave expired records behind; Garnet's own would carry them along for ever.</summary>
internal readonly struct ExpiredRecords : ICompactionFunctions
{
    /// <summary>True if the record's time is over.</summary>
    public bool IsDeleted<TSourceLogRecord>(in TSourceLogRecord logRecord)
        where TSourceLogRecord : ISourceLogRecord =>
        logRecord.DataHeader.HasExpiration && logRecord.Expiration <= DateTimeOffset.UtcNow.Ticks;
}
