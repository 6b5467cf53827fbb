using System.Linq.Expressions;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Expressions;

namespace KekeStar.Antifraud.Scoring;

/// <summary>
/// The conditions of the rules of one scene, joined into one compiled method for every <see cref="RulesPerMethod"/> of them, in
/// the order of the rules. As one method for each rule they cost 10 to 33 times as much at 170 rules: a jump from one place to
/// 170 targets is mispredicted nearly every time (docs/decisions/0004, PolicyBenchmarks).
/// </summary>
internal sealed class JoinedConditions
{
    /// <summary>Conditions in one method: as many as its result has bits. Rules of usual length stay far below the size from which the JIT stops optimising.</summary>
    public const int RulesPerMethod = 64;

    private readonly Func<double[], ulong>[] _methods;

    /// <summary>Compiles, and runs once what was compiled, so that no event waits for machine code.</summary>
    /// <param name="rules">The rules, in the order of the bits.</param>
    public JoinedConditions(ReadOnlySpan<PolicyRule> rules)
    {
        var unknown = new FeatureVector(FeatureCatalogue.Count).Values;
        _methods = new Func<double[], ulong>[(rules.Length + RulesPerMethod - 1) / RulesPerMethod];
        for (var i = 0; i < _methods.Length; i++)
        {
            var first = i * RulesPerMethod;
            _methods[i] = Join(rules[first..Math.Min(first + RulesPerMethod, rules.Length)]);
            _methods[i](unknown);
        }
    }

    /// <summary>Number of methods; method m holds the rules from m · <see cref="RulesPerMethod"/> on.</summary>
    public int Count => _methods.Length;

    /// <summary>Runs one method.</summary>
    /// <param name="method">Which, 0 … <see cref="Count"/> − 1.</param>
    /// <param name="values">The features of the event.</param>
    /// <returns>Bit n set: the condition of the method's rule n holds.</returns>
    public ulong Holding(int method, double[] values) => _methods[method](values);

    // A branch for each condition and none for its bit: conditions are false for nearly every event, so the branches are
    // predicted. Without branches (eager "and", bits shifted in) it took 1.5 to 2.8 times as long.
    private static Func<double[], ulong> Join(ReadOnlySpan<PolicyRule> rules)
    {
        var bits = Expression.Variable(typeof(ulong), "bits");
        var body = new List<Expression>(rules.Length + 1);
        for (var i = 0; i < rules.Length; i++)
        {
            body.Add(Expression.IfThen(rules[i].Condition.Body, Expression.OrAssign(bits, Expression.Constant(1UL << i))));
        }

        body.Add(bits);
        return Expression.Lambda<Func<double[], ulong>>(Expression.Block([bits], body), RuleCompiler.Values).Compile();
    }
}
