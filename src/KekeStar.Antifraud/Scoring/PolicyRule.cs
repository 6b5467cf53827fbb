using System.Collections.Immutable;
using System.Linq.Expressions;
using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Scoring;

/// <summary>One compiled rule.</summary>
internal sealed class PolicyRule
{
    /// <summary>Position in the file, and in <see cref="RuleOutcome"/>.</summary>
    public required int Index { get; init; }

    /// <summary>Its id, unique in the policy.</summary>
    public required string Id { get; init; }

    /// <summary>What it speaks of.</summary>
    public required Risk Risk { get; init; }

    /// <summary>What it adds when it fires, −1000 … 1000, not 0.</summary>
    public required int Weight { get; init; }

    /// <summary>The label that it puts on the event.</summary>
    public required string Label { get; init; }

    /// <summary>Why, in English.</summary>
    public required string ReasonEnglish { get; init; }

    /// <summary>Why, in Simplified Chinese.</summary>
    public required string ReasonChinese { get; init; }

    /// <summary>True if it is evaluated and counted but adds nothing.</summary>
    public required bool IsShadow { get; init; }

    /// <summary>False if it is switched off: it is checked but never evaluated.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Bit n set: it holds for the contract's Scene n.</summary>
    public required int Scenes { get; init; }

    /// <summary>
    /// The condition, over <see cref="FeatureVector.Values"/>. Events do not run it by itself: <see cref="JoinedConditions"/> does.
    /// </summary>
    public required Expression<Func<double[], bool>> Condition { get; init; }

    /// <summary>The condition as written.</summary>
    public required string When { get; init; }

    /// <summary>Indices of the features in the condition, each once, in the order of the text; at least one.</summary>
    public required ImmutableArray<int> Features { get; init; }

    /// <summary>The one shared signal on which the rule may fire alone and whose cap therefore holds for it; None: uncapped.</summary>
    public required SharedSignal CappedBy { get; init; }

    /// <summary>The feature that a reply names as the rule's ground: the first of the condition.</summary>
    public int LeadFeature => Features[0];
}
