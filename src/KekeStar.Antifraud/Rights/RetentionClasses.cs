using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Rights;

/// <summary>Tells the place of a signal's derived data from its options: each bound of the contract belongs to one place.</summary>
internal static class RetentionClasses
{
    /// <summary>Bound of window logs: 7 days after the last write, of records that may be 8 days and 10 minutes old by then.</summary>
    public const int WindowDays = 16;

    /// <summary>
    /// Bound of what is also remembered as an account's entity: the context log lives 16 days after its last entry, and an
    /// entry may be 16 days old by then.
    /// </summary>
    public const int ContextDays = 32;

    /// <summary>Bound of list entries and of consent markers.</summary>
    public const int DecisionDays = 90;

    /// <summary>Bound of the audit log: three years, the least that Personal Information Protection Law Art. 56 asks for records of processing.</summary>
    public const int AuditDays = 1095;

    /// <summary>The place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The contract names a bound that no place has.</exception>
    public static RetentionClass Of(Handling handling, int retentionDays) => retentionDays switch
    {
        0 => RetentionClass.Request,
        WindowDays or ContextDays => RetentionClass.Windows,
        DecisionDays => handling == Handling.Pseudonymise ? RetentionClass.Lists : RetentionClass.ConsentMarkers,
        AuditDays => RetentionClass.AuditLog,
        _ => throw new ArgumentOutOfRangeException(nameof(retentionDays), retentionDays, "No data lives that long."),
    };
}
