using KekeStar.Antifraud.Scoring.Editing;

namespace KekeStar.Antifraud.Dashboard.Policies;

/// <summary>A rule in a form. Public for the components alone, whose parameters have to be.</summary>
public sealed class RuleView
{
    /// <summary>Shows a rule.</summary>
    internal RuleView(RuleDraft rule) => Rule = rule;

    /// <summary>The rule.</summary>
    internal RuleDraft Rule { get; }
}
