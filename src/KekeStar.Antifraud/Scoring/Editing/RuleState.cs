namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>Whether a rule counts.</summary>
internal enum RuleState
{
    /// <summary>It is run and adds its weight.</summary>
    On,

    /// <summary>It is run and counted, and adds nothing.</summary>
    Shadow,

    /// <summary>It is checked and not run.</summary>
    Off,
}
