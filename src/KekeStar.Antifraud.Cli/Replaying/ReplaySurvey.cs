using KekeStar.Antifraud.Cli.Reading;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>What a first reading of a replay file found.</summary>
internal sealed class ReplaySurvey
{
    /// <summary>Most faults that are kept to be shown; the others are counted.</summary>
    public const int ShownFaults = 20;

    private readonly List<InputFault> _faults = [];

    /// <summary>Number of sound lines.</summary>
    public int Entries { get; private set; }

    /// <summary>Number of bad lines.</summary>
    public int FaultCount { get; private set; }

    /// <summary>The first bad lines.</summary>
    public IReadOnlyList<InputFault> Faults => _faults;

    /// <summary>Earliest time in milliseconds; null: no line has one.</summary>
    public long? First { get; private set; }

    /// <summary>Latest time in milliseconds; null: no line has one.</summary>
    public long? Last { get; private set; }

    /// <summary>True if the times are offsets, false if they are times of the day.</summary>
    public bool HasOffsets { get; private set; }

    /// <summary>Counts a bad line.</summary>
    public void Add(InputFault fault)
    {
        FaultCount++;
        if (_faults.Count < ShownFaults)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Counts a sound line, or finds that it does not go with the lines before it.</summary>
    public void Add(ReplayEntry entry)
    {
        Entries++;
        if (ReplayTime.Of(entry) is not { } time)
        {
            return;
        }

        var isOffset = entry.OffsetMilliseconds is not null;
        if (First is not null && isOffset != HasOffsets)
        {
            Add(new InputFault(entry.Line, 1, "offset_ms", "A file gives offset_ms on all lines or on none."));
            return;
        }

        HasOffsets = isOffset;
        First = Math.Min(First ?? time, time);
        Last = Math.Max(Last ?? time, time);
    }
}
