using System.Linq.Expressions;

namespace KekeStar.Antifraud.Decision.Counterfactuals;

/// <summary>
/// The values of a feature at which comparisons of a condition change, with all other features as they are: between two of them the
/// condition is the same. Knows the nodes that <see cref="Scoring.Expressions.ConditionAnalysis"/> admits.
/// </summary>
internal static class Breakpoints
{
    /// <summary>Adds those of a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="feature">The feature, by its index.</param>
    /// <param name="values">All features; that one's value is not looked at, and put back.</param>
    /// <param name="found">Receives them.</param>
    /// <returns>False if a comparison is no straight line in the feature, so that its breakpoints are not known.</returns>
    public static bool TryAdd(Expression condition, int feature, double[] values, ICollection<double> found)
    {
        foreach (var (left, right) in Comparisons(condition))
        {
            var degree = Math.Max(DegreeOf(left, feature), DegreeOf(right, feature));
            if (degree > 1)
            {
                return false;
            }

            if (degree == 1)
            {
                var at0 = Difference(left, right, feature, 0, values);
                var root = -at0 / (Difference(left, right, feature, 1, values) - at0);
                if (double.IsFinite(root))
                {
                    found.Add(root);
                }
            }
        }

        return true;
    }

    /// <summary>True if some comparison of a condition reads both features.</summary>
    public static bool IsJoined(Expression condition, int feature, int other) => Comparisons(condition).Any(comparison =>
        Features(comparison.Left).Concat(Features(comparison.Right)).ToList() is var read && read.Contains(feature) && read.Contains(other));

    /// <summary>True if no comparison of a condition that reads a feature reads another one.</summary>
    public static bool IsAlone(Expression condition, int feature) => Comparisons(condition).All(comparison =>
        Features(comparison.Left).Concat(Features(comparison.Right)).ToList() is var read && (!read.Contains(feature) || read.TrueForAll(other => other == feature)));

    private static IEnumerable<int> Features(Expression node) => node switch
    {
        BinaryExpression { NodeType: ExpressionType.ArrayIndex } read => [IndexOf(read)],
        BinaryExpression both => Features(both.Left).Concat(Features(both.Right)),
        UnaryExpression one => Features(one.Operand),
        _ => [],
    };

    private static IEnumerable<(Expression Left, Expression Right)> Comparisons(Expression node) => node switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.OrElse } both => Comparisons(both.Left).Concat(Comparisons(both.Right)),
        UnaryExpression { NodeType: ExpressionType.Not } not => Comparisons(not.Operand),
        BinaryExpression comparison => [(comparison.Left, comparison.Right)],
        _ => throw Unknown(node),
    };

    private static double Difference(Expression left, Expression right, int feature, double value, double[] values)
    {
        var kept = values[feature];
        values[feature] = value;
        var difference = ValueOf(left, values) - ValueOf(right, values);
        values[feature] = kept;
        return difference;
    }

    private static double ValueOf(Expression node, double[] values) => node switch
    {
        ConstantExpression { Value: double value } => value,
        BinaryExpression { NodeType: ExpressionType.ArrayIndex } read => values[IndexOf(read)],
        UnaryExpression { NodeType: ExpressionType.Negate } minus => -ValueOf(minus.Operand, values),
        BinaryExpression { NodeType: ExpressionType.Add } sum => ValueOf(sum.Left, values) + ValueOf(sum.Right, values),
        BinaryExpression { NodeType: ExpressionType.Subtract } difference => ValueOf(difference.Left, values) - ValueOf(difference.Right, values),
        BinaryExpression { NodeType: ExpressionType.Multiply } product => ValueOf(product.Left, values) * ValueOf(product.Right, values),
        BinaryExpression { NodeType: ExpressionType.Divide } quotient => ValueOf(quotient.Left, values) / ValueOf(quotient.Right, values),
        _ => throw Unknown(node),
    };

    // Of the polynomial in the feature; what divides by it is none, and counts as one of degree 2.
    private static int DegreeOf(Expression node, int feature) => node switch
    {
        ConstantExpression => 0,
        BinaryExpression { NodeType: ExpressionType.ArrayIndex } read => IndexOf(read) == feature ? 1 : 0,
        UnaryExpression { NodeType: ExpressionType.Negate } minus => DegreeOf(minus.Operand, feature),
        BinaryExpression { NodeType: ExpressionType.Add or ExpressionType.Subtract } sum => Math.Max(DegreeOf(sum.Left, feature), DegreeOf(sum.Right, feature)),
        BinaryExpression { NodeType: ExpressionType.Multiply } product => DegreeOf(product.Left, feature) + DegreeOf(product.Right, feature),
        BinaryExpression { NodeType: ExpressionType.Divide } quotient => DegreeOf(quotient.Left, feature) + (2 * DegreeOf(quotient.Right, feature)),
        _ => throw Unknown(node),
    };

    private static int IndexOf(BinaryExpression read) => (int)((ConstantExpression)read.Right).Value!;

    private static InvalidOperationException Unknown(Expression node) => new($"A condition holds {node.NodeType}, which is not admitted.");
}
