using System.Collections.Immutable;
using System.Linq.Dynamic.Core;
using System.Linq.Dynamic.Core.Exceptions;
using System.Linq.Dynamic.Core.Parser;
using System.Linq.Expressions;
using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Scoring.Expressions;

/// <summary>Turns a rule's expression into a condition over the feature values, or says all that is wrong with it.</summary>
internal static class RuleCompiler
{
    /// <summary>What every condition reads: the same parameter for all, so that conditions can be joined into one method.</summary>
    public static readonly ParameterExpression Values = Expression.Parameter(typeof(double[]), "values");

    private static readonly ParsingConfig Config = new()
    {
        IsCaseSensitive = true,
        AreContextKeywordsEnabled = false,
        AllowNewToEvaluateAnyType = false,
        DisallowNewKeyword = true,
        SupportEnumerationsFromSystemNamespace = false,
        SupportCastingToFullyQualifiedTypeAsString = false,
        ResolveTypesBySimpleName = false,
        LoadAdditionalAssembliesFromCurrentDomainBaseDirectory = false,
        DisableMemberAccessToIndexAccessorFallback = true,
        CustomTypeProvider = new NoTypes(),
    };

    /// <summary>Compiles an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="raises">True if the rule's weight is positive.</param>
    /// <param name="report">Takes column, what was seen and what is allowed.</param>
    /// <returns>Null if anything was reported.</returns>
    public static CompiledCondition? Compile(string text, bool raises, Action<int, string, string> report)
    {
        var failed = false;
        void Report(int column, string seen, string allowed)
        {
            failed = true;
            report(column, seen, allowed);
        }

        var read = RuleText.Read(text, Values, Report);
        if (failed || Parse(read, Report) is not { } body)
        {
            return null;
        }

        var analysis = new ConditionAnalysis(read.Uses, raises, Report);
        var facts = analysis.Condition(body, negated: false);
        var cappedBy = raises ? CappedBy(facts, read, Report) : SharedSignal.None;
        if (failed)
        {
            return null;
        }

        var features = read.Uses.Values.OrderBy(static use => use.Column).Select(static use => use.Feature.Index).Distinct();
        return new CompiledCondition(Expression.Lambda<Func<double[], bool>>(body, Values), [.. features], cappedBy);
    }

    private static Expression? Parse(RuleText read, Action<int, string, string> report)
    {
        try
        {
            return new ExpressionParser([Values], read.Rewritten, [read.Symbols], Config).Parse(typeof(bool));
        }
        catch (ParseException e)
        {
            report(read.Column(e.Position), $"an expression that cannot be read ({e.Message})", "a condition, such as device.accounts_1h >= 5 && captcha.failed");
            return null;
        }
    }

    private static SharedSignal CappedBy(ConditionFacts facts, RuleText read, Action<int, string, string> report)
    {
        if (facts.HoldsAlone && read.Uses.Values.Any(static use => use.Feature.SharedSignal != SharedSignal.None))
        {
            report(1, "a condition on a shared signal that holds for every event, even one alone in the world", "in a rule of positive weight, evidence: more than one event gives by itself");
        }

        var alone = facts.Signals.Alone().ToArray();
        if (alone.Length > 1)
        {
            report(
                1,
                $"alternatives that rest on {string.Join(" or on ", alone)} alone",
                "one shared signal per alternative, so that its cap can hold: write two rules");
        }

        return alone.Length > 0 ? alone[0] : SharedSignal.None;
    }
}

/// <summary>A checked condition.</summary>
/// <param name="Condition">The condition, over <see cref="RuleCompiler.Values"/>.</param>
/// <param name="Features">Indices of its features, each once, in the order of the text.</param>
/// <param name="CappedBy">The one shared signal on which it can hold alone, or None.</param>
internal sealed record CompiledCondition(Expression<Func<double[], bool>> Condition, ImmutableArray<int> Features, SharedSignal CappedBy);
