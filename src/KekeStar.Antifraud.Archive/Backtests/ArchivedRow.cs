using System.Runtime.InteropServices;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>The next thing that happened: a decision or a reported outcome.</summary>
/// <param name="Decision">The decision; null: it was an outcome.</param>
/// <param name="Outcome">The outcome; null: it was a decision.</param>
/// <param name="IsComplete">False if rights emptied what it was written to.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ArchivedRow(ArchivedDecision? Decision, OutcomeRecord? Outcome, bool IsComplete)
{
    /// <summary>When, Unix milliseconds.</summary>
    public long TimeMilliseconds => Decision?.TimeMilliseconds ?? Outcome!.TimeMilliseconds;

    /// <summary>Place among the records of one millisecond.</summary>
    public long Sequence => Decision?.Sequence ?? Outcome!.Sequence;
}
