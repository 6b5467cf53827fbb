namespace KekeStar.Antifraud.Dashboard.Rights;

/// <summary>Where a request of a person stands.</summary>
internal enum RightsState
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>Done whole.</summary>
    Done,

    /// <summary>The store did not take all of it.</summary>
    Failed,

    /// <summary>There are as many consent markers as may be, so nothing was done.</summary>
    Full,

    /// <summary>The service ended while it was under way.</summary>
    Interrupted,

    /// <summary>Not done whole, but a later request for the same was.</summary>
    MadeGood,
}

/// <summary>A request about one account, as the audit log tells it.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Action">What was asked: name of the audit log's action.</param>
/// <param name="Caller">Who asked.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Subject">The account: first 16 digits of its pseudonym.</param>
/// <param name="Categories">The consent categories of a withdrawal, as the audit log has them; empty: none.</param>
/// <param name="ReceiptId">The receipt.</param>
internal sealed record RightsRequest(DateTimeOffset At, string Action, string Caller, string Purpose, string Subject, string Categories, string ReceiptId)
{
    /// <summary>Where it stands.</summary>
    public RightsState State { get; init; }

    /// <summary>What is left to do, a word of <see cref="KekeStar.Antifraud.Rights.RightsLeft"/>; empty: nothing, or nobody knows yet.</summary>
    public string Left { get; init; } = "";

    /// <summary>Records removed so far.</summary>
    public long Records { get; init; }

    /// <summary>Logs changed so far.</summary>
    public long Logs { get; init; }

    /// <summary>List entries removed.</summary>
    public long ListEntries { get; init; }

    /// <summary>True if somebody has to ask again.</summary>
    public bool IsToBeRepeated => State is RightsState.Failed or RightsState.Full or RightsState.Interrupted;
}
