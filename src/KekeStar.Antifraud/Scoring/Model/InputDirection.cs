namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>How a model may use a feature.</summary>
internal enum InputDirection
{
    /// <summary>Not at all: what its value says depends on what was refused.</summary>
    None,

    /// <summary>More is never better; unknown is read as 0.</summary>
    Raises,

    /// <summary>More is never worse; unknown is read as the feature's maximum.</summary>
    Lowers,

    /// <summary>Any way: the value is known for every event, whatever the user refused.</summary>
    Free,
}
