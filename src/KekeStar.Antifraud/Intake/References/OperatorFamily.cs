namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// Numbers of operators whose network codes and card issuer numbers are both known, so that the two can be compared. A
/// number is never given to another operator.
/// </summary>
internal static class OperatorFamily
{
    /// <summary>Not known.</summary>
    internal const byte Unknown = 0;

    /// <summary>China Mobile, with China Tietong.</summary>
    internal const byte ChinaMobile = 1;

    /// <summary>China Unicom.</summary>
    internal const byte ChinaUnicom = 2;

    /// <summary>China Telecom.</summary>
    internal const byte ChinaTelecom = 3;

    /// <summary>China Broadnet.</summary>
    internal const byte ChinaBroadnet = 4;
}
