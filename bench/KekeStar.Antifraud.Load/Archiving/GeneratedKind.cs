namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>The kinds of generated entities.</summary>
internal enum GeneratedKind
{
    /// <summary>An event.</summary>
    Event = 1,

    /// <summary>An account.</summary>
    Account,

    /// <summary>A device.</summary>
    Device,

    /// <summary>An identifier of a device.</summary>
    Identifier,

    /// <summary>An address.</summary>
    Ip,

    /// <summary>A network prefix.</summary>
    IpPrefix,

    /// <summary>An access point.</summary>
    Bssid,

    /// <summary>Model, build and app version.</summary>
    Cohort,
}
