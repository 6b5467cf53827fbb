using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;

namespace KekeStar.Antifraud.Dashboard.Policies;

/// <summary>A rule in force as the page shows it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Cap">What it may add together with others on the same shared signal.</param>
/// <param name="Hit">How often it fired; null: never, or nobody knows.</param>
/// <param name="Precision">What people found out; null: nothing.</param>
internal sealed record RuleRow(PolicyRule Rule, int Cap, RuleHit? Hit, RulePrecision? Precision)
{
    /// <summary>Whether it counts.</summary>
    public RuleState State => !Rule.IsEnabled ? RuleState.Off : Rule.IsShadow ? RuleState.Shadow : RuleState.On;
}
