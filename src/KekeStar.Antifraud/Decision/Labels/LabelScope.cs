namespace KekeStar.Antifraud.Decision.Labels;

/// <summary>What a label speaks of.</summary>
internal enum LabelScope
{
    /// <summary>The device.</summary>
    Device,

    /// <summary>The account.</summary>
    Account,

    /// <summary>The network.</summary>
    Network,
}
