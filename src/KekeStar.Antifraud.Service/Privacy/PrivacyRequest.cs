using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Service.Privacy;

/// <summary>What is left of a request of the service Privacy once its identifiers are gone.</summary>
internal sealed record PrivacyRequest
{
    /// <summary>Why it cannot be carried out, beginning with the name of the field; null: it can.</summary>
    public string? Error { get; init; }

    /// <summary>What for; has the form that the audit log takes.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>The account under every epoch, the current one first; pseudonyms of none where the event had no account.</summary>
    public IReadOnlyList<AccountSubject> Subjects { get; init; } = [];

    /// <summary>The event under the same epochs.</summary>
    public IReadOnlyList<Pseudonym> Events { get; init; } = [];

    /// <summary>Categories to withdraw.</summary>
    public IReadOnlyList<ConsentCategory> Categories { get; init; } = [];

    /// <summary>Outcome to take back.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>True if an entry on the deny list stays.</summary>
    public bool KeepDenyEntry { get; init; }
}
