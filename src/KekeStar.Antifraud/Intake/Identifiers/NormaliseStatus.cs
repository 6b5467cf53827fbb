namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>How the reading of one identifier ended.</summary>
internal enum NormaliseStatus : byte
{
    /// <summary>The identifier is well formed; its normal form was written.</summary>
    Ok = 0,

    /// <summary>The text is not an identifier of this kind: wrong alphabet, length, check digit or structure.</summary>
    Malformed = 1,

    /// <summary>The text is longer than any accepted form of this kind; it was not looked at further.</summary>
    TooLong = 2,

    /// <summary>
    /// The text says "there is none", or is a value that many devices share (a system default, an emulator's, a random
    /// address). It identifies nobody, and would link strangers if it were kept.
    /// </summary>
    NullValue = 3,

    /// <summary>
    /// A null value that an emulator gives out by default and no phone does: it identifies nobody, but says what the
    /// device is. Dropped like <see cref="NullValue"/>.
    /// </summary>
    EmulatorDefault = 4,
}
