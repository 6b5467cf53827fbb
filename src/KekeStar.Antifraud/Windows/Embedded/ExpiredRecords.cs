using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Tells compaction to leave expired and emptied records behind; Garnet's own would carry them along for ever.
/// </summary>
/// <param name="census">Told of every log that is left behind.</param>
internal readonly struct ExpiredRecords(LogCensus census) : ICompactionFunctions
{
    /// <summary>True if the record's time is over or it holds nothing.</summary>
    public bool IsDeleted<TSourceLogRecord>(in TSourceLogRecord logRecord)
        where TSourceLogRecord : ISourceLogRecord
    {
        var isOver = (logRecord.DataHeader.HasExpiration && logRecord.Expiration <= DateTimeOffset.UtcNow.Ticks)
            || LogValue.Used(logRecord.ValueSpan) == 0;
        if (isOver)
        {
            census.Drop();
        }

        return isOver;
    }
}
