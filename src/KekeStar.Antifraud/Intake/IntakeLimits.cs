namespace KekeStar.Antifraud.Intake;

/// <summary>The bounds of a request, each with its reason. A request or field beyond them is answered as the contract says.</summary>
public static class IntakeLimits
{
    /// <summary>
    /// Largest event in bytes: 64 KiB. A full one with 512 software entries, 512 processes and two sensor series of
    /// 512 samples takes about 45 KiB.
    /// </summary>
    public const int MaxEventBytes = 64 * 1024;

    /// <summary>Largest message of a batch in bytes: 1 MiB; what Kestrel buffers for one call.</summary>
    public const int MaxBatchBytes = 1024 * 1024;

    /// <summary>Most events of a batch: 256, so that a batch stays within the deadline of a login.</summary>
    public const int MaxBatchEvents = 256;

    /// <summary>Longest event id in bytes: 64; a UUID takes 36.</summary>
    public const int MaxEventIdBytes = 64;

    /// <summary>Longest account id in bytes: 128.</summary>
    public const int MaxAccountIdBytes = 128;

    /// <summary>Longest device token in bytes: 64; the service's own have 26, and 51 while keys are rotated.</summary>
    public const int MaxDeviceTokenBytes = 64;

    /// <summary>Longest device description field (model, brand, versions) in bytes: 64.</summary>
    public const int MaxDescriptionBytes = 64;

    /// <summary>Most software or process entries that are read: 512 each.</summary>
    public const int MaxListEntries = 512;

    /// <summary>Longest software or process entry in bytes: 128; Android's package names end at 127.</summary>
    public const int MaxListEntryBytes = 128;

    /// <summary>Most samples of a sensor series: 512; 5 s at 100 Hz.</summary>
    public const int MaxMotionSamples = 512;

    /// <summary>Most SIM cards that are read: 2.</summary>
    public const int MaxSims = 2;

    /// <summary>Most dropped signals that a reply lists: 32.</summary>
    public const int MaxDroppedSignals = 32;

    /// <summary>Longest name of the provider in a report, in bytes: 32.</summary>
    public const int MaxProviderBytes = 32;

    /// <summary>How far the clocks of gateways and service may be apart: 10 minutes either way.</summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(10);

    /// <summary>The oldest event that is still scored: 24 hours.</summary>
    public static readonly TimeSpan MaxEventAge = TimeSpan.FromHours(24);
}
