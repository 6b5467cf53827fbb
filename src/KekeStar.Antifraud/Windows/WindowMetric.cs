namespace KekeStar.Antifraud.Windows;

/// <summary>What a windowed feature counts; the part of its name between the dot and the window.</summary>
internal enum WindowMetric
{
    /// <summary>Attempts of any scene.</summary>
    Events,

    /// <summary>Attempts of the scene REGISTER.</summary>
    Registrations,

    /// <summary>Distinct accounts among the attempts.</summary>
    Accounts,

    /// <summary>Distinct devices among the attempts.</summary>
    Devices,

    /// <summary>Outcomes "login failed" and "captcha failed".</summary>
    Failures,

    /// <summary>Outcomes "harassment confirmed".</summary>
    Harassment,

    /// <summary>Distinct accounts among the outcomes "login failed".</summary>
    FailedAccounts,

    /// <summary>max(0, 1 − coefficient of variation of the time between attempts); unknown below 6 attempts.</summary>
    Regularity,
}

/// <summary>Facts about the metrics.</summary>
internal static class WindowMetrics
{
    /// <summary>Number of metrics.</summary>
    public const int Count = (int)WindowMetric.Regularity + 1;

    /// <summary>
    /// Fewest attempts from which <see cref="WindowMetric.Regularity"/> is known: 6. Five gaps are the fewest from
    /// which a coefficient of variation tells a clock from chance.
    /// </summary>
    public const int RegularityAttempts = 6;
}
