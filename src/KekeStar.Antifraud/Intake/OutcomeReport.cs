using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake;

/// <summary>What is left of a ReportRequest after intake.</summary>
internal sealed class OutcomeReport
{
    /// <summary>Why the report cannot be used; None: it can.</summary>
    public RequestError Error { get; set; }

    /// <summary>The key epochs that the report is read under.</summary>
    public KeySet Keys { get; set; } = null!;

    /// <summary>Pseudonym of the event id, under the current epoch.</summary>
    public Pseudonym Event { get; set; }

    /// <summary>The same under the other epoch; none where there is none.</summary>
    public Pseudonym OtherEvent { get; set; }

    /// <summary>Pseudonym of the account, under the current epoch; none: not given.</summary>
    public Pseudonym Account { get; set; }

    /// <summary>The same under the other epoch; none where there is none.</summary>
    public Pseudonym OtherAccount { get; set; }

    /// <summary>When the account was erased last, Unix milliseconds; 0: not lately.</summary>
    public long ForgottenAtMilliseconds { get; set; }

    /// <summary>What happened.</summary>
    public Outcome Outcome { get; set; }

    /// <summary>When, Unix milliseconds.</summary>
    public long TimeMilliseconds { get; set; }

    /// <summary>True if the report came more than the clock skew after the outcome.</summary>
    public bool IsLate { get; set; }
}
