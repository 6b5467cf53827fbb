namespace KekeStar.Antifraud.Audit;

/// <summary>What a line of the audit log records.</summary>
internal enum AuditAction
{
    /// <summary>All that was derived from an account was removed.</summary>
    EraseAccount,

    /// <summary>All that is held about an account was given out.</summary>
    ExportAccount,

    /// <summary>An account's consent was taken back.</summary>
    WithdrawConsent,

    /// <summary>A reported outcome was taken back.</summary>
    CorrectOutcome,

    /// <summary>Optional signals of an account that a minor holds were removed.</summary>
    MinorProtected,

    /// <summary>An entity was put on a list.</summary>
    ListPut,

    /// <summary>An entity was taken off the lists.</summary>
    ListRemove,

    /// <summary>The state of the key epochs was read.</summary>
    KeyStatusRead,

    /// <summary>A key epoch took another role.</summary>
    KeyEpochRole,

    /// <summary>A key epoch's master key was destroyed.</summary>
    KeyDestroyed,

    /// <summary>A service began to take calls.</summary>
    ServiceStarted,

    /// <summary>A service ended in order.</summary>
    ServiceStopped,

    /// <summary>The log found itself cut or gone in part; details say what was moved aside or is missing.</summary>
    LogRepaired,

    /// <summary>The oldest month was removed; detail <c>first_seq</c> is where the log begins since.</summary>
    LogExpired,

    /// <summary>Somebody signed in to the dashboard.</summary>
    DashboardSignIn,

    /// <summary>An account of the dashboard was locked after wrong passwords.</summary>
    DashboardLocked,

    /// <summary>An account of the dashboard was made, changed or removed; detail <c>change</c> says which.</summary>
    DashboardAccount,

    /// <summary>Decisions were looked for by an identifier that was typed in; detail <c>kind</c> says which kind.</summary>
    DecisionLookup,
    /// <summary>A draft of a policy was begun, saved, rebased or removed; detail <c>change</c> says which.</summary>
    PolicyDraft,

    /// <summary>A draft of a policy was proposed.</summary>
    PolicyProposed,

    /// <summary>A second person approved a proposed policy.</summary>
    PolicyApproved,

    /// <summary>A proposed or approved policy was rejected.</summary>
    PolicyRejected,

    /// <summary>A version of the policy was put in force; detail <c>restores</c>: with the content of an older one.</summary>
    PolicyPublished,

    /// <summary>Decisions were marked as right or wrong; detail <c>mark</c> says how.</summary>
    FeedbackGiven,
}

/// <summary>The names of <see cref="AuditAction"/> in the log. They are its format and never change.</summary>
internal static class AuditActionName
{
    private static readonly Dictionary<AuditAction, string> Names = Enum.GetValues<AuditAction>().ToDictionary(static action => action, Name);

    /// <summary>Every name.</summary>
    public static IEnumerable<string> All => Names.Values;

    /// <summary>The name of an action.</summary>
    public static string Of(AuditAction action) => Names[action];

    private static string Name(AuditAction action) => action switch
    {
        AuditAction.EraseAccount => "erase_account",
        AuditAction.ExportAccount => "export_account",
        AuditAction.WithdrawConsent => "withdraw_consent",
        AuditAction.CorrectOutcome => "correct_outcome",
        AuditAction.MinorProtected => "minor_protected",
        AuditAction.ListPut => "list_put",
        AuditAction.ListRemove => "list_remove",
        AuditAction.KeyStatusRead => "key_status_read",
        AuditAction.KeyEpochRole => "key_epoch_role",
        AuditAction.KeyDestroyed => "key_destroyed",
        AuditAction.ServiceStarted => "service_started",
        AuditAction.ServiceStopped => "service_stopped",
        AuditAction.LogRepaired => "log_repaired",
        AuditAction.LogExpired => "log_expired",
        AuditAction.DashboardSignIn => "dashboard_sign_in",
        AuditAction.DashboardLocked => "dashboard_locked",
        AuditAction.DashboardAccount => "dashboard_account",
        AuditAction.DecisionLookup => "decision_lookup",
        AuditAction.PolicyDraft => "policy_draft",
        AuditAction.PolicyProposed => "policy_proposed",
        AuditAction.PolicyApproved => "policy_approved",
        AuditAction.PolicyRejected => "policy_rejected",
        AuditAction.PolicyPublished => "policy_published",
        AuditAction.FeedbackGiven => "feedback_given",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "The action has no name."),
    };
}
