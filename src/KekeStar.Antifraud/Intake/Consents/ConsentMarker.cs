using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.Consents;

/// <summary>
/// What the service has to know of an account's will or age whatever its events say. The numbers stand in the store and
/// stay; those of withdrawn categories are the categories' own.
/// </summary>
internal enum ConsentMarker : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Identifiers of the device were withdrawn.</summary>
    DeviceIdentifiersWithdrawn = ConsentCategory.DeviceIdentifiers,

    /// <summary>Advertising identifiers were withdrawn.</summary>
    AdvertisingIdentifiersWithdrawn = ConsentCategory.AdvertisingIdentifiers,

    /// <summary>Network identifiers were withdrawn.</summary>
    NetworkIdentifiersWithdrawn = ConsentCategory.NetworkIdentifiers,

    /// <summary>SIM signals were withdrawn.</summary>
    SimWithdrawn = ConsentCategory.Sim,

    /// <summary>Motion samples were withdrawn.</summary>
    MotionWithdrawn = ConsentCategory.Motion,

    /// <summary>Software and process lists were withdrawn.</summary>
    SoftwareWithdrawn = ConsentCategory.Software,

    /// <summary>The account belongs to a minor.</summary>
    Minor = 8,

    /// <summary>The account was erased: what happened before that is not written again.</summary>
    Forgotten = 9,
}
