using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Scoring;

/// <summary>What a policy's rules and models say of one event; reused from event to event, not thread safe.</summary>
internal sealed class RuleOutcome
{
    private readonly int[] _fired = new int[PolicyLimits.MaxRules];
    private readonly double[] _contributions = new double[PolicyLimits.MaxRules];
    private readonly int[] _shadow = new int[PolicyLimits.MaxRules];
    private readonly int[] _subScores = new int[Risks.Count];

    /// <summary>Number of rules that fired and count.</summary>
    public int Count { get; private set; }

    /// <summary>Number of shadow rules that fired.</summary>
    public int ShadowCount { get; private set; }

    /// <summary>The score, 0 … 1000.</summary>
    public int Score { get; private set; }

    /// <summary>What the models say.</summary>
    public ModelOutcome Models { get; } = new();

    /// <summary>True if a feature that a fired rule, or what the model added, rests on is a lower bound.</summary>
    public bool AtLeast { get; private set; }

    /// <summary>Indices of the fired rules, in the order of the file.</summary>
    public ReadOnlySpan<int> Fired => _fired.AsSpan(0, Count);

    /// <summary>
    /// What each fired rule added; with what the model added (<see cref="ModelOutcome.Contribution"/>) their sum is <see cref="Score"/>
    /// within 1e-6.
    /// </summary>
    public ReadOnlySpan<double> Contributions => _contributions.AsSpan(0, Count);

    /// <summary>Indices of the fired shadow rules.</summary>
    public ReadOnlySpan<int> Shadow => _shadow.AsSpan(0, ShadowCount);

    /// <summary>The risk with the highest sub-score; of equals, the first.</summary>
    public Risk LeadingRisk
    {
        get
        {
            var leading = 0;
            for (var i = 1; i < Risks.Count; i++)
            {
                if (_subScores[i] > _subScores[leading])
                {
                    leading = i;
                }
            }

            return (Risk)leading;
        }
    }

    /// <summary>The score of one risk, 0 … 1000.</summary>
    public int SubScore(Risk risk) => _subScores[(int)risk];

    /// <summary>
    /// What each fired rule added, by its id, and behind them what the model added, if it did: as records hold it, in which 0 takes the place of −0. For
    /// what compares and shows, not for the hot path.
    /// </summary>
    /// <param name="policy">The policy that was evaluated.</param>
    public IReadOnlyList<(string Rule, double Points)> ByName(Policy policy)
    {
        var byName = new List<(string, double)>(Count + 1);
        for (var i = 0; i < Count; i++)
        {
            byName.Add((policy.Rules[_fired[i]].Id, _contributions[i] + 0.0));
        }

        if (Models.Contribution != 0)
        {
            byName.Add((PolicyModel.RuleName, Models.Contribution));
        }

        return byName;
    }

    /// <summary>Forgets the last event.</summary>
    public void Clear()
    {
        Count = 0;
        ShadowCount = 0;
        Score = 0;
        AtLeast = false;
        Array.Clear(_subScores);
        Models.Clear();
    }

    /// <summary>Called by <see cref="ModelOutcome"/>: adds what the model says to the rules' scores.</summary>
    /// <param name="score">The score of both.</param>
    /// <param name="risk">The sub-score of each risk, by <see cref="Risk"/>.</param>
    /// <param name="atLeast">True if it rests on a lower bound.</param>
    internal void AddModel(int score, ReadOnlySpan<double> risk, bool atLeast)
    {
        SetScores(score, risk);
        AtLeast |= atLeast;
    }

    /// <summary>Called by <see cref="Policy.Evaluate"/>: notes a rule that fired.</summary>
    internal void AddFired(int rule, bool atLeast)
    {
        _fired[Count++] = rule;
        AtLeast |= atLeast;
    }

    /// <summary>Called by <see cref="Policy.Evaluate"/>: notes a shadow rule that fired.</summary>
    internal void AddShadow(int rule) => _shadow[ShadowCount++] = rule;

    /// <summary>Called by <see cref="Policy.Evaluate"/>: sets what the fired rule at a position added.</summary>
    internal void SetContribution(int position, double contribution) => _contributions[position] = contribution;

    /// <summary>Called by <see cref="Policy.Evaluate"/>: sets the scores.</summary>
    internal void SetScores(int score, ReadOnlySpan<double> byRisk)
    {
        Score = score;
        for (var i = 0; i < Risks.Count; i++)
        {
            _subScores[i] = (int)Math.Round(Math.Clamp(byRisk[i], 0, PolicyLimits.MaxScore), MidpointRounding.AwayFromZero);
        }
    }
}
