namespace KekeStar.Antifraud.Audit;

/// <summary>What the caller of the audit log says; the log adds the rest.</summary>
/// <remarks>
/// Values outside their syntax throw <see cref="ArgumentException"/>, which never repeats them: check a purpose that came
/// off the wire with <see cref="AuditSyntax.IsPurpose(string)"/> first.
/// </remarks>
internal sealed record AuditEntry
{
    private readonly string _caller = "service";
    private readonly string _purpose = "operation";
    private readonly string _subject = "";
    private readonly string? _receiptId;

    /// <summary>What was done.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>Who asked for it, see <see cref="AuditSyntax.IsCaller"/>. Default: "service", the service itself.</summary>
    public string Caller
    {
        get => _caller;
        init => _caller = AuditSyntax.IsCaller(value) ? value : throw Invalid(nameof(Caller));
    }

    /// <summary>What for, see <see cref="AuditSyntax.IsPurpose(string)"/>. Default: "operation".</summary>
    public string Purpose
    {
        get => _purpose;
        init => _purpose = AuditSyntax.IsPurpose(value) ? value : throw Invalid(nameof(Purpose));
    }

    /// <summary>Whom it is about: 16 hexadecimal digits of a keyed pseudonym, never an identifier. Default: empty, nobody.</summary>
    public string Subject
    {
        get => _subject;
        init => _subject = AuditSyntax.IsSubject(value) ? value : throw Invalid(nameof(Subject));
    }

    /// <summary>The receipt of an earlier line that this one belongs to. Default: null, a new one.</summary>
    public string? ReceiptId
    {
        get => _receiptId;
        init => _receiptId = value is null || Audit.ReceiptId.IsValid(value) ? value : throw Invalid(nameof(ReceiptId));
    }

    /// <summary>Further facts. Default: none.</summary>
    public AuditDetails Details { get; init; } = new();

    private static ArgumentException Invalid(string name) => new($"{name} does not have the form that the audit log takes.", name);
}
