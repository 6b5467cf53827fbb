namespace KekeStar.Antifraud.Dashboard.Decisions;

/// <summary>
/// What each rule added to a score, as steps from 0 to the score: first those that raise it, the highest first, then those that lower it.
/// </summary>
internal sealed class Waterfall
{
    private const int Digits = 2;

    private Waterfall(IReadOnlyList<WaterfallStep> steps) => Steps = steps;

    /// <summary>The steps.</summary>
    public IReadOnlyList<WaterfallStep> Steps { get; }

    /// <summary>Where the last step ends: the score.</summary>
    public decimal Sum => Steps.Count == 0 ? 0 : Steps[^1].End;

    /// <summary>Makes the steps.</summary>
    /// <param name="rules">The rules that fired.</param>
    /// <param name="contributions">What each of them added; as many.</param>
    public static Waterfall Of(IReadOnlyList<string> rules, IReadOnlyList<double> contributions)
    {
        // The places between the steps are rounded and not the steps themselves, so that what is shown adds up to what is shown.
        var steps = new List<WaterfallStep>();
        var (sum, shown) = (0.0, 0m);
        foreach (var (rule, contribution) in rules.Zip(contributions).OrderByDescending(static fired => fired.Second))
        {
            sum += contribution;
            var end = Math.Round((decimal)sum, Digits, MidpointRounding.AwayFromZero);
            steps.Add(new WaterfallStep(rule, shown, end));
            shown = end;
        }

        return new Waterfall(steps);
    }
}

/// <summary>What one rule added.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Start">The score before it.</param>
/// <param name="End">The score behind it.</param>
internal sealed record WaterfallStep(string Rule, decimal Start, decimal End)
{
    /// <summary>What it added; less than 0: it lowered the score.</summary>
    public decimal Added => End - Start;
}
