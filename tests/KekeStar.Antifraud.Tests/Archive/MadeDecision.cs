using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>A decision as a test wants it in the archive. Pseudonyms: 0 is none.</summary>
public sealed record MadeDecision
{
    /// <summary>When it is decided: so long after the test's beginning.</summary>
    public TimeSpan At { get; init; }

    /// <summary>So long before that the event was.</summary>
    public TimeSpan Age { get; init; }

    public long Decision { get; init; } = 1;

    public Scene Scene { get; init; } = Scene.Login;

    public Verdict Verdict { get; init; } = Verdict.Pass;

    public StoreStatus Store { get; init; }

    public ListKind List { get; init; }

    public bool StepUpExempt { get; init; }

    public int ThresholdShift { get; init; }

    public bool AtLeast { get; init; }

    public int DurationMicroseconds { get; init; } = 120;

    /// <summary>Which of the rules of the archive under test fire, a bit for each; bit 3 is a shadow rule.</summary>
    public int Rules { get; init; }

    /// <summary>Which of its labels are on the event, a bit for each.</summary>
    public int Labels { get; init; }

    public long Account { get; init; }

    public long OtherAccount { get; init; }

    public long Device { get; init; }

    public long Ip { get; init; }

    public long IpPrefix { get; init; }

    public long Bssid { get; init; }

    public long Cohort { get; init; }
}
