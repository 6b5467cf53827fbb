using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>One line of a replay file: an event to score or an outcome to report.</summary>
internal sealed class ReplayEntry
{
    /// <summary>Group of a line that names none.</summary>
    public const string NoGroup = "(no group)";

    /// <summary>Line in the file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>What the summary counts the line under.</summary>
    public string Group { get; set; } = NoGroup;

    /// <summary>Milliseconds since the file's own beginning; null: the line gives none.</summary>
    public long? OffsetMilliseconds { get; set; }

    /// <summary>The event; null if the line is a report.</summary>
    public ScoreRequest? Score { get; set; }

    /// <summary>The outcome; null if the line is an event.</summary>
    public ReportRequest? Report { get; set; }

    /// <summary>event_id of either.</summary>
    public string EventId => Score?.EventId ?? Report!.EventId;

    /// <summary>account_id of either; may be empty.</summary>
    public string AccountId => Score?.AccountId ?? Report!.AccountId;
}
