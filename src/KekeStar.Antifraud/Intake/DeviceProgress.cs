using KekeStar.Antifraud.Intake.Consistency;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.Similarity;

namespace KekeStar.Antifraud.Intake;

/// <summary>
/// What of the device has been read so far. The device may come in several pieces, which the encoding merges; so
/// limits hold for them together, the description is joined and the signals are compared at the end.
/// </summary>
internal ref struct DeviceProgress
{
    /// <summary>Begins an event.</summary>
    /// <param name="tables">The reference tables of the event.</param>
    public DeviceProgress(ReferenceTables tables)
    {
        Tables = tables;
    }

    /// <summary>The reference tables of the event: the same for all its pieces, whatever is reloaded meanwhile.</summary>
    public readonly ReferenceTables Tables;

    /// <summary>Model, where it lies in the request.</summary>
    public ReadOnlySpan<byte> Model;

    /// <summary>Brand, where it lies in the request.</summary>
    public ReadOnlySpan<byte> Brand;

    /// <summary>Version of the operating system, where it lies in the request.</summary>
    public ReadOnlySpan<byte> OsVersion;

    /// <summary>Operating system build, where it lies in the request.</summary>
    public ReadOnlySpan<byte> OsBuild;

    /// <summary>App version, where it lies in the request.</summary>
    public ReadOnlySpan<byte> AppVersion;

    /// <summary>What the identifiers say beside their pseudonyms.</summary>
    public SignalFacts Facts;

    /// <summary>SIM cards read.</summary>
    public int Sims;

    /// <summary>Software entries read.</summary>
    public int Software;

    /// <summary>Sketch of the software entries, under the current epoch.</summary>
    public SoftwareSketch Sketch;

    /// <summary>The same under the other epoch; empty where there is none.</summary>
    public SoftwareSketch OtherSketch;

    /// <summary>Process entries read.</summary>
    public int Processes;

    /// <summary>True if an accelerometer series was read.</summary>
    public bool HasAccelerometer;

    /// <summary>True if a gyroscope series was read.</summary>
    public bool HasGyroscope;

    /// <summary>The rotation that the gyroscope saw.</summary>
    public RotationPath Rotation;
}
