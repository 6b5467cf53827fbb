using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>
/// The newest decisions, in memory, as they come from the hot path and before they are in a file: for a live view. Of more
/// than 200 a second it holds some.
/// </summary>
internal sealed class LiveTail
{
    private readonly Lock _lock = new();
    private readonly DecisionRow[] _rows = new DecisionRow[ArchiveLimits.TailRows];
    private long _added;

    /// <summary>Number of the newest row; grows by one with each. 0: there is none.</summary>
    public long Last
    {
        get
        {
            lock (_lock)
            {
                return _added;
            }
        }
    }

    /// <summary>Adds a decision.</summary>
    public void Add(DecisionRecord record)
    {
        var row = DecisionRow.Of(record);
        lock (_lock)
        {
            _rows[_added++ % _rows.Length] = row;
        }
    }

    /// <summary>The rows behind one that was seen, newest first.</summary>
    /// <param name="seen">Number of the newest row that was seen; 0: none.</param>
    /// <param name="most">Most rows of the answer.</param>
    public (IReadOnlyList<DecisionRow> Rows, long Last) Since(long seen, int most = ArchiveLimits.TailRows)
    {
        lock (_lock)
        {
            var count = (int)Math.Clamp(_added - seen, 0, Math.Min(most, _rows.Length));
            var rows = new DecisionRow[count];
            for (var i = 0; i < count; i++)
            {
                rows[i] = _rows[(_added - 1 - i) % _rows.Length];
            }

            return (rows, _added);
        }
    }

    /// <summary>Forgets everything; an account's rows go.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            Array.Clear(_rows);
            _added = 0;
        }
    }
}
