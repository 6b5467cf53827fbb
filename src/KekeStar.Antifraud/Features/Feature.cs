using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Features;

/// <summary>
/// The signal that several people can share without knowing each other. What rules say on the ground of one shared
/// signal alone is capped below REJECT.
/// </summary>
public enum SharedSignal
{
    /// <summary>Not a shared signal: the account itself, or what the event says of itself.</summary>
    None = 0,

    /// <summary>The device and its identifiers: a family's phone, a cloned identifier.</summary>
    Device = 1,

    /// <summary>IP address and IP prefix: a dormitory, an office, carrier-grade NAT.</summary>
    Network = 2,

    /// <summary>The access point: a café, a dormitory.</summary>
    AccessPoint = 3,

    /// <summary>SIM card.</summary>
    Sim = 4,

    /// <summary>Model, operating system build and app version.</summary>
    Cohort = 5,

    /// <summary>Model, build, app version and like software: phones set up by one shop, or from one image.</summary>
    Similarity = 6,

    /// <summary>A motion recording that another device sent as well.</summary>
    Recording = 7,
}

/// <summary>One entry of the feature catalogue: policy, model, reasons, dashboard and documents speak in these.</summary>
/// <param name="Index">Position in <see cref="FeatureVector"/>; stable only within one build.</param>
/// <param name="Name">Name, such as "device.accounts_1h"; stable for ever.</param>
/// <param name="Unit">Unit, such as "accounts"; "flag" for 0 or 1.</param>
/// <param name="WindowSeconds">The window in seconds; 0: none.</param>
/// <param name="Consent">The consent category without which the feature is unknown.</param>
/// <param name="SharedSignal">The shared signal that it rests on.</param>
/// <param name="Description">What it says, in English.</param>
/// <param name="DescriptionZh">What it says, in Simplified Chinese.</param>
public sealed record Feature(
    int Index,
    string Name,
    string Unit,
    int WindowSeconds,
    ConsentCategory Consent,
    SharedSignal SharedSignal,
    string Description,
    string DescriptionZh)
{
    /// <summary>True if the value is 0 or 1; a policy uses it as a condition by itself.</summary>
    public bool IsFlag => Unit == "flag";

    /// <summary>
    /// True if the value is known for every event, whatever the user refused and even while the store is away.
    /// Default: false.
    /// </summary>
    public bool AlwaysKnown { get; init; }

    /// <summary>
    /// True if the value can fall, instead of becoming unknown, when the user refuses a category: the largest over
    /// several signals, or a count of devices. A rule must not take the smaller value as evidence. Default: false.
    /// </summary>
    public bool FallsWithAbsence { get; init; }

    /// <summary>
    /// True if an event alone in the world gives 1 already, though the feature rests on a shared signal and is no count in a window:
    /// a share, or a number of hours. A comparison that 1 fulfils is no evidence. Default: false.
    /// </summary>
    public bool IsOneAlone { get; init; }

    /// <summary>The largest value that the feature can have, in its unit; the smallest is 0. Default: 1.</summary>
    public double Maximum { get; init; } = 1;
}
