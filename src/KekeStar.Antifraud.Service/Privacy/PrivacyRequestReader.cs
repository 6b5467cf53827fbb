using System.Text;
using System.Text.Unicode;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Service.Privacy;

/// <summary>Reads the requests of the service Privacy from their bytes; identifiers are pseudonymised where they lie.</summary>
internal sealed class PrivacyRequestReader
{
    private static readonly PrivacyFieldNumbers EraseNumbers = new(
        EraseAccountRequest.AccountIdFieldNumber, EraseAccountRequest.PurposeFieldNumber, KeepDenyEntry: EraseAccountRequest.KeepDenyEntryFieldNumber);

    private static readonly PrivacyFieldNumbers ExportNumbers = new(
        ExportAccountRequest.AccountIdFieldNumber, ExportAccountRequest.PurposeFieldNumber);

    private static readonly PrivacyFieldNumbers WithdrawNumbers = new(
        WithdrawConsentRequest.AccountIdFieldNumber, WithdrawConsentRequest.PurposeFieldNumber, Categories: WithdrawConsentRequest.CategoriesFieldNumber);

    private static readonly PrivacyFieldNumbers CorrectNumbers = new(
        CorrectOutcomeRequest.AccountIdFieldNumber,
        CorrectOutcomeRequest.PurposeFieldNumber,
        Event: CorrectOutcomeRequest.EventIdFieldNumber,
        Outcome: CorrectOutcomeRequest.OutcomeFieldNumber);

    private readonly KeyRing _keys;
    private readonly TimeProvider _time;

    /// <summary>Reads under the epochs of a ring.</summary>
    public PrivacyRequestReader(KeyRing keys, TimeProvider time)
    {
        _keys = keys;
        _time = time;
    }

    /// <summary>Reads an EraseAccountRequest.</summary>
    public PrivacyRequest ReadErase(ReadOnlySpan<byte> message)
    {
        var fields = PrivacyFields.Read(message, EraseNumbers);
        return Read(fields, needsAccount: true) with { KeepDenyEntry = fields.KeepDenyEntry };
    }

    /// <summary>Reads an ExportAccountRequest.</summary>
    public PrivacyRequest ReadExport(ReadOnlySpan<byte> message) => Read(PrivacyFields.Read(message, ExportNumbers), needsAccount: true);

    /// <summary>Makes a request about an account of its parts, the account still where it lies.</summary>
    /// <param name="account">The app's account, UTF-8.</param>
    /// <param name="purpose">What for, ASCII.</param>
    public PrivacyRequest ReadAccount(ReadOnlySpan<byte> account, ReadOnlySpan<byte> purpose) =>
        Read(new PrivacyFields { Account = account, Purpose = purpose }, needsAccount: true);

    /// <summary>Reads a WithdrawConsentRequest.</summary>
    public PrivacyRequest ReadWithdraw(ReadOnlySpan<byte> message)
    {
        var fields = PrivacyFields.Read(message, WithdrawNumbers);
        var request = Read(fields, needsAccount: true);
        if (request.Error is not null)
        {
            return request;
        }

        var categories = new List<ConsentCategory>();
        for (var category = ConsentCategory.Essential + 1; category <= ConsentCategory.Software; category++)
        {
            if ((fields.Categories & (1u << (int)category)) != 0)
            {
                categories.Add(category);
            }
        }

        var known = categories.Aggregate(0u, static (mask, category) => mask | (1u << (int)category));
        return fields.HasUnknownCategory || fields.Categories != known || categories.Count == 0
            ? Invalid("categories must name at least one of the ConsentCategory values that a user may refuse, and nothing else; ESSENTIAL cannot be withdrawn.")
            : request with { Categories = categories };
    }

    /// <summary>Reads a CorrectOutcomeRequest.</summary>
    public PrivacyRequest ReadCorrect(ReadOnlySpan<byte> message)
    {
        var fields = PrivacyFields.Read(message, CorrectNumbers);
        var request = Read(fields, needsAccount: false);
        if (request.Error is not null)
        {
            return request;
        }

        if (fields.Event.IsEmpty)
        {
            return Invalid(RequestErrorText.Of(RequestError.EventIdMissing));
        }

        if (fields.Event.Length > IntakeLimits.MaxEventIdBytes)
        {
            return Invalid(RequestErrorText.Of(RequestError.EventIdTooLong));
        }

        if (fields.Outcome is 0 or > (ulong)Outcome.AccountTheftConfirmed)
        {
            return Invalid(RequestErrorText.Of(fields.Outcome == 0 ? RequestError.OutcomeMissing : RequestError.OutcomeUnknown));
        }

        var events = new List<Pseudonym>();
        foreach (var subject in request.Subjects)
        {
            events.Add(subject.Epoch.Pseudonymise(EntityKind.Event, fields.Event));
        }

        return request with { Events = events, Outcome = (Outcome)fields.Outcome };
    }

    private static PrivacyRequest Invalid(string error) => new() { Error = error };

    private PrivacyRequest Read(scoped PrivacyFields fields, bool needsAccount)
    {
        if (fields.IsMalformed)
        {
            return Invalid(RequestErrorText.Of(RequestError.NotProtobuf));
        }

        if (fields.Account.IsEmpty && needsAccount)
        {
            return Invalid("account_id is missing. Send the app's account that the request is about.");
        }

        if (fields.Account.Length > IntakeLimits.MaxAccountIdBytes)
        {
            return Invalid(RequestErrorText.Of(RequestError.AccountIdTooLong));
        }

        if (!Utf8.IsValid(fields.Account))
        {
            return Invalid(RequestErrorText.Of(RequestError.AccountIdNotText));
        }

        // Where a caller puts an identifier into the wrong field, no string is made of it.
        if (!AuditSyntax.IsPurpose(fields.Purpose))
        {
            return Invalid($"purpose is missing or has other than 1 to {AuditSyntax.MaxPurpose} characters of a-z, 0-9, '_' and '-'. Send why, such as account_closed.");
        }

        var keys = _keys.At(_time.GetUtcNow().ToUnixTimeMilliseconds());
        var subjects = new List<AccountSubject>();
        foreach (var epoch in keys.All)
        {
            subjects.Add(new AccountSubject(epoch, fields.Account.IsEmpty ? default : epoch.Pseudonymise(EntityKind.Account, fields.Account)));
        }

        return new PrivacyRequest { Purpose = Encoding.ASCII.GetString(fields.Purpose), Subjects = subjects };
    }
}
