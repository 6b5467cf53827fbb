using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>One line of a replay file: an event to score or an outcome to report.</summary>
internal sealed class ReplayEntry
{
    private string? _sealedAccount;

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

    /// <summary>account_id of either, also once it is sealed; may be empty.</summary>
    public string AccountId => _sealedAccount ?? Score?.AccountId ?? Report!.AccountId;

    /// <summary>Seals the identifiers of either.</summary>
    /// <exception cref="ArgumentException">They are too large, or the event id is; the message holds no value of them.</exception>
    /// <exception cref="InvalidOperationException">Some are sealed already.</exception>
    public void Seal(IdentifierSealer sealer)
    {
        var account = AccountId;
        if (Score is not null)
        {
            sealer.Seal(Score);
        }
        else
        {
            sealer.Seal(Report!);
        }

        _sealedAccount = account;
    }
}
