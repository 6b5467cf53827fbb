using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Decision;

/// <summary>What the service answers to one event; reused from event to event.</summary>
internal sealed class EventDecision
{
    /// <summary>What to do.</summary>
    public Verdict Verdict { get; set; }

    /// <summary>How to challenge; unspecified unless the verdict is CHALLENGE.</summary>
    public ChallengeKind Challenge { get; set; }

    /// <summary>The policy that decided.</summary>
    public Policy Policy { get; set; } = null!;

    /// <summary>What its rules said.</summary>
    public RuleOutcome Rules { get; } = new();

    /// <summary>How asking the store ended; Ok: the answer is a full one.</summary>
    public StoreStatus Store { get; set; }

    /// <summary>The list that an entity of the event stands on.</summary>
    public ListKind List { get; set; }

    /// <summary>How far the policy moved the thresholds that the event met, points; above 0: up.</summary>
    public int ThresholdShift { get; set; }

    /// <summary>True if a challenge passed before on the same account and device spared this event one.</summary>
    public bool IsStepUpExempt { get; set; }

    /// <summary>What is known of device, account and network, whatever the score.</summary>
    public EventLabels Labels { get; } = new();
}
