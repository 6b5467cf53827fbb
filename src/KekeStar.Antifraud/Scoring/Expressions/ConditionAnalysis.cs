using System.Globalization;
using System.Linq.Expressions;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Scoring.Expressions;

/// <summary>
/// Walks a parsed condition, admits only comparisons, arithmetic and logic over features and constants, and finds
/// what must not be: truth from absence, relief that a refusal forfeits, thresholds that no event reaches. Says on
/// which shared signals the condition can become true.
/// </summary>
/// <param name="uses">The features of the expression, by the node that reads them.</param>
/// <param name="raises">True if the rule's weight is positive.</param>
/// <param name="report">Takes column, what was seen and what is allowed.</param>
internal sealed class ConditionAnalysis(
    IReadOnlyDictionary<Expression, FeatureUse> uses,
    bool raises,
    Action<int, string, string> report)
{
    private const string Admitted = "comparisons, arithmetic, &&, ||, ! and parentheses over features and numbers";

    /// <summary>Analyses a condition.</summary>
    /// <param name="node">The condition.</param>
    /// <param name="negated">True under an odd number of '!'.</param>
    public ConditionFacts Condition(Expression node, bool negated)
    {
        switch (node)
        {
            case BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.OrElse, Method: null } both:
                var left = Condition(both.Left, negated);
                var right = Condition(both.Right, negated);
                return (both.NodeType == ExpressionType.AndAlso) != negated
                    ? new ConditionFacts(SignalSets.And(left.Signals, right.Signals), left.HoldsAlone && right.HoldsAlone)
                    : new ConditionFacts(SignalSets.Or(left.Signals, right.Signals), left.HoldsAlone || right.HoldsAlone);
            case UnaryExpression { NodeType: ExpressionType.Not, Method: null } not when not.Type == typeof(bool):
                return Condition(not.Operand, !negated);
            case BinaryExpression { Method: null } comparison when comparison.Left.Type == typeof(double) && IsComparison(comparison.NodeType):
                return Comparison(comparison, negated);
            default:
                report(1, $"the operation {node.NodeType} on {node.Type.Name}", Admitted);
                return new ConditionFacts(SignalSets.Free, HoldsAlone: false);
        }
    }

    private static bool IsComparison(ExpressionType type) => type is
        ExpressionType.LessThan or ExpressionType.LessThanOrEqual or ExpressionType.GreaterThan or
        ExpressionType.GreaterThanOrEqual or ExpressionType.Equal or ExpressionType.NotEqual;

    private ConditionFacts Comparison(BinaryExpression node, bool negated)
    {
        var left = Number(node.Left);
        var right = Number(node.Right);
        var difference = NumberFacts.Add(left, NumberFacts.Negate(right));
        if (difference.Uses.Count == 0)
        {
            report(1, "a comparison of constants", "a comparison that a feature takes part in");
            return new ConditionFacts(SignalSets.Free, HoldsAlone: false);
        }

        var truthDirection = node.NodeType switch
        {
            ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual => negated ? -1 : 1,
            ExpressionType.LessThan or ExpressionType.LessThanOrEqual => negated ? 1 : -1,
            _ => 0,
        };
        foreach (var use in difference.Uses)
        {
            CheckAbsence(use.Use, (node.NodeType == ExpressionType.NotEqual) != negated, use.Direction * truthDirection);
        }

        CheckReach(node.NodeType, left, right, negated, difference.Uses[0].Use);
        return Signals(node.NodeType, left, right, negated, difference.Uses);
    }

    private void CheckAbsence(FeatureUse use, bool trueWhenUnknown, int direction)
    {
        var feature = use.Feature;
        if (raises && trueWhenUnknown && !feature.AlwaysKnown)
        {
            report(
                use.Column,
                $"a condition that holds while {feature.Name} is unknown",
                "in a rule of positive weight, conditions that absence cannot make true: no != and no ! over a feature that may be unknown; write the opposite comparison");
        }

        if (!raises && feature.Consent != ConsentCategory.Essential)
        {
            report(
                use.Column,
                $"{feature.Name}, which a user may refuse ({feature.Consent})",
                "in a rule of negative weight, features of the category Essential only: whoever refuses the others would score higher");
        }
        else if (feature.FallsWithAbsence && direction != (raises ? 1 : -1))
        {
            report(
                use.Column,
                $"{feature.Name}, which falls when a signal is refused, where {(raises ? "a smaller" : "a larger")} value makes the rule fire",
                raises ? "only lower bounds (> or >=) on it in a rule of positive weight" : "only upper bounds (< or <=) on it in a rule of negative weight");
        }
    }

    private void CheckReach(ExpressionType type, NumberFacts left, NumberFacts right, bool negated, FeatureUse use)
    {
        if (!IsNeverTrue(type, left, right, negated))
        {
            return;
        }

        var highest = use.Feature.Maximum.ToString(CultureInfo.InvariantCulture);
        report(
            use.Column,
            $"a comparison of {use.Feature.Name} that is never true",
            use.Feature.Maximum == WindowLimits.TailRecords
                ? $"thresholds that can be reached: counts are read up to {highest}"
                : $"thresholds that can be reached: {use.Feature.Name} goes from 0 to {highest}");
    }

    private static bool IsNeverTrue(ExpressionType type, NumberFacts left, NumberFacts right, bool negated) => (type, negated) switch
    {
        (ExpressionType.GreaterThan, false) or (ExpressionType.LessThanOrEqual, true) => left.High <= right.Low,
        (ExpressionType.GreaterThanOrEqual, false) or (ExpressionType.LessThan, true) => left.High < right.Low,
        (ExpressionType.LessThan, false) or (ExpressionType.GreaterThanOrEqual, true) => left.Low >= right.High,
        (ExpressionType.LessThanOrEqual, false) or (ExpressionType.GreaterThan, true) => left.Low > right.High,
        (ExpressionType.Equal, false) or (ExpressionType.NotEqual, true) => left.High < right.Low || left.Low > right.High,
        _ => false,
    };

    // A part that already holds for an event alone in the world is no agreement between signals: without this,
    // "&& ip.events_1h >= 1" would lift the cap of any rule.
    private static ConditionFacts Signals(ExpressionType type, NumberFacts left, NumberFacts right, bool negated, IReadOnlyList<DirectedUse> all)
    {
        if (Holds(type, left.AtOne, right.AtOne) != negated || Holds(type, left.AtZero, right.AtZero) != negated)
        {
            return new ConditionFacts(SignalSets.Free, HoldsAlone: true);
        }

        var signals = new SignalSets(0);
        foreach (var use in all)
        {
            if (use.Use.Feature.SharedSignal != SharedSignal.None)
            {
                signals = SignalSets.Or(signals, SignalSets.Of(use.Use.Feature.SharedSignal));
            }
        }

        return new ConditionFacts(signals.Masks == 0 ? SignalSets.Free : signals, HoldsAlone: false);
    }

    private static bool Holds(ExpressionType type, double left, double right) => type switch
    {
        ExpressionType.GreaterThan => left > right,
        ExpressionType.GreaterThanOrEqual => left >= right,
        ExpressionType.LessThan => left < right,
        ExpressionType.LessThanOrEqual => left <= right,
        ExpressionType.Equal => left == right,
        _ => left != right,
    };

    private NumberFacts Number(Expression node)
    {
        if (uses.TryGetValue(node, out var use))
        {
            var alone = use.Feature.IsOneAlone || (use.Feature.WindowSeconds > 0 && IsOneWhenAlone(use.Feature.Unit)) ? 1 : 0;
            return new NumberFacts(0, use.Feature.Maximum, alone, 0, [new DirectedUse(use, 1)]);
        }

        switch (node)
        {
            case ConstantExpression { Value: double value }:
                return NumberFacts.Constant(value);
            case UnaryExpression { NodeType: ExpressionType.Negate, Method: null } minus:
                return NumberFacts.Negate(Number(minus.Operand));
            case BinaryExpression { NodeType: ExpressionType.Add, Method: null } sum:
                return NumberFacts.Add(Number(sum.Left), Number(sum.Right));
            case BinaryExpression { NodeType: ExpressionType.Subtract, Method: null } difference:
                return NumberFacts.Add(Number(difference.Left), NumberFacts.Negate(Number(difference.Right)));
            case BinaryExpression { NodeType: ExpressionType.Multiply, Method: null } product:
                return NumberFacts.Multiply(Number(product.Left), Number(product.Right));
            case BinaryExpression { NodeType: ExpressionType.Divide, Method: null } quotient:
                return NumberFacts.Divide(Number(quotient.Left), Number(quotient.Right));
            default:
                report(1, $"the operation {node.NodeType} on {node.Type.Name}", Admitted);
                return NumberFacts.Constant(double.NaN);
        }
    }

    private static bool IsOneWhenAlone(string unit) => unit is "events" or "registrations" or "accounts" or "devices";
}

/// <summary>What is known beforehand about a condition.</summary>
/// <param name="Signals">The sets of shared signals that suffice for it.</param>
/// <param name="HoldsAlone">True if it holds for an event alone in the world.</param>
internal readonly record struct ConditionFacts(SignalSets Signals, bool HoldsAlone);
