using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>A rule as plain C# would have it.</summary>
internal sealed record LambdaRule(string Id, int Scenes, int Weight, Func<double[], bool> When)
{
    /// <summary>The rule of a policy, with its condition compiled by itself.</summary>
    public static LambdaRule Of(PolicyRule rule) => new(rule.Id, rule.IsEnabled && !rule.IsShadow ? rule.Scenes : 0, rule.Weight, rule.Condition.Compile());

    /// <summary>A rule of two comparisons, written as a lambda.</summary>
    public static LambdaRule Of(PolicyRule rule, Feature first, Feature second, double threshold) =>
        new(rule.Id, rule.Scenes, rule.Weight, values => values[first.Index] >= threshold && values[second.Index] >= 1);
}
