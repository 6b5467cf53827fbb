using KekeStar.Antifraud.Archive.Judging;

namespace KekeStar.Antifraud.Learning.Evaluation;

/// <summary>What came of judging a policy and a model on labelled events.</summary>
internal sealed record ModelEvaluation
{
    /// <summary>The policy's version.</summary>
    public required string Policy { get; init; }

    /// <summary>The model's hash.</summary>
    public required string Model { get; init; }

    /// <summary>Points of the model.</summary>
    public required int Points { get; init; }

    /// <summary>Events that were judged.</summary>
    public required int Events { get; init; }

    /// <summary>Of them, attacks of adversaries that the training saw.</summary>
    public required int SeenAttacks { get; init; }

    /// <summary>Of them, attacks of adversaries that it did not.</summary>
    public required int UnseenAttacks { get; init; }

    /// <summary>Rules alone, model alone, both.</summary>
    public required IReadOnlyList<ScorerEvaluation> Scorers { get; init; }

    /// <summary>How far each input has moved from the training to the test.</summary>
    public required IReadOnlyList<InputStability> Stability { get; init; }
}

/// <summary>How one way of scoring did.</summary>
/// <param name="Name">rules, model or both.</param>
/// <param name="AveragePrecision">Of all attacks.</param>
/// <param name="SeenAveragePrecision">Of attacks of adversaries that the training saw, and all honest events.</param>
/// <param name="UnseenAveragePrecision">Of the others.</param>
/// <param name="Points">At each share of false challenges.</param>
internal sealed record ScorerEvaluation(
    string Name, double AveragePrecision, double SeenAveragePrecision, double UnseenAveragePrecision, IReadOnlyList<OperatingPoint> Points);

/// <summary>What happens at one threshold.</summary>
/// <param name="FalseShare">The share of honest events that may be challenged.</param>
/// <param name="Threshold">The least score that is challenged.</param>
/// <param name="Seen">Attacks that are caught, of adversaries that the training saw.</param>
/// <param name="Unseen">Attacks that are caught, of the others.</param>
/// <param name="False">Honest events that are challenged.</param>
/// <param name="Groups">The same by adversary and by segment.</param>
internal sealed record OperatingPoint(
    double FalseShare, double Threshold, Share Seen, Share Unseen, Share False, IReadOnlyList<GroupResult> Groups);

/// <summary>How one adversary or segment fares.</summary>
/// <param name="Actor">Its name.</param>
/// <param name="IsAttack">True for an adversary.</param>
/// <param name="IsUnseen">True if no training saw it.</param>
/// <param name="Challenged">Its events that are challenged.</param>
internal sealed record GroupResult(string Actor, bool IsAttack, bool IsUnseen, Share Challenged);

/// <summary>How far one input has moved.</summary>
/// <param name="Input">Its name.</param>
/// <param name="Index">See <see cref="Scoring.Model.DriftWatch.Index"/>.</param>
internal sealed record InputStability(string Input, double Index);
