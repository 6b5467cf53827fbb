using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;

namespace KekeStar.Antifraud.Dashboard.Policies;

/// <summary>A draft as its page shows it. Public for the components alone, whose parameters have to be.</summary>
public sealed class DraftView
{
    /// <summary>Shows a draft.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="policy">What the loader made of it; null: it does not load.</param>
    /// <param name="errors">Why not.</param>
    internal DraftView(PolicyDraft draft, Policy? policy, IReadOnlyList<PolicyError> errors)
    {
        Draft = draft;
        Policy = policy;
        Errors = new LoadErrors(errors);
        Document = PolicyDocument.TryParse(draft.Text);
        Rules = Document?.Rules ?? [];
    }

    /// <summary>The draft.</summary>
    internal PolicyDraft Draft { get; }

    /// <summary>What the loader made of it; null: it does not load.</summary>
    internal Policy? Policy { get; }

    /// <summary>Why not.</summary>
    internal LoadErrors Errors { get; }

    /// <summary>The draft as a document that is being changed; null: it is none.</summary>
    internal PolicyDocument? Document { get; }

    /// <summary>Its rules as they were saved.</summary>
    internal IReadOnlyList<RuleDraft> Rules { get; }
}
