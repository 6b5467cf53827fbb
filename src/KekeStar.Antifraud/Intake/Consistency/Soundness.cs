namespace KekeStar.Antifraud.Intake.Consistency;

/// <summary>What the structure of a single identifier says.</summary>
internal enum Soundness : byte
{
    /// <summary>Nothing: it was not sent, not read, or has no part that could be wrong.</summary>
    Unknown = 0,

    /// <summary>It is as its standard says.</summary>
    Sound = 1,

    /// <summary>It cannot have been assigned to a device.</summary>
    Broken = 2,
}
