namespace KekeStar.Antifraud.Intake;

/// <summary>
/// What of the device has been read so far. The device may come in several pieces, which the encoding merges; so
/// limits hold for them together and the description is joined at the end.
/// </summary>
internal ref struct DeviceProgress
{
    /// <summary>Model, where it lies in the request.</summary>
    public ReadOnlySpan<byte> Model;

    /// <summary>Operating system build, where it lies in the request.</summary>
    public ReadOnlySpan<byte> OsBuild;

    /// <summary>App version, where it lies in the request.</summary>
    public ReadOnlySpan<byte> AppVersion;

    /// <summary>SIM cards read.</summary>
    public int Sims;

    /// <summary>Software entries read.</summary>
    public int Software;

    /// <summary>Process entries read.</summary>
    public int Processes;

    /// <summary>True if an accelerometer series was read.</summary>
    public bool HasAccelerometer;

    /// <summary>True if a gyroscope series was read.</summary>
    public bool HasGyroscope;
}
