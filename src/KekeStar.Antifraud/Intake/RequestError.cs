namespace KekeStar.Antifraud.Intake;

/// <summary>Why a request cannot be scored or reported at all. Each has one fixed text, which holds nothing of the request.</summary>
internal enum RequestError
{
    /// <summary>The request is usable.</summary>
    None = 0,

    /// <summary>The bytes are not protocol buffers.</summary>
    NotProtobuf,

    /// <summary>The event is larger than <see cref="IntakeLimits.MaxEventBytes"/>.</summary>
    EventTooLarge,

    /// <summary>No event id.</summary>
    EventIdMissing,

    /// <summary>The event id is longer than <see cref="IntakeLimits.MaxEventIdBytes"/>.</summary>
    EventIdTooLong,

    /// <summary>The event id is not UTF-8: it could not be echoed in a reply.</summary>
    EventIdNotText,

    /// <summary>The event id has another wire type than the contract's.</summary>
    EventIdWrongType,

    /// <summary>No scene.</summary>
    SceneMissing,

    /// <summary>A scene that this version does not know.</summary>
    SceneUnknown,

    /// <summary>The scene has another wire type than the contract's.</summary>
    SceneWrongType,

    /// <summary>The account id is longer than <see cref="IntakeLimits.MaxAccountIdBytes"/>.</summary>
    AccountIdTooLong,

    /// <summary>The account id is not UTF-8.</summary>
    AccountIdNotText,

    /// <summary>The account id has another wire type than the contract's.</summary>
    AccountIdWrongType,

    /// <summary>The event time lies further ahead than clocks may differ.</summary>
    EventTimeAhead,

    /// <summary>The event time is older than an event may be.</summary>
    EventTimeTooOld,

    /// <summary>The event time is not a valid timestamp.</summary>
    EventTimeInvalid,

    /// <summary>The event time has another wire type than the contract's.</summary>
    EventTimeWrongType,

    /// <summary>No outcome in a report.</summary>
    OutcomeMissing,

    /// <summary>An outcome that this version does not know.</summary>
    OutcomeUnknown,

    /// <summary>The outcome has another wire type than the contract's.</summary>
    OutcomeWrongType,

    /// <summary>The outcome time lies further ahead than clocks may differ.</summary>
    OutcomeTimeAhead,

    /// <summary>The outcome time is older than an event may be.</summary>
    OutcomeTimeTooOld,

    /// <summary>The outcome time is not a valid timestamp.</summary>
    OutcomeTimeInvalid,

    /// <summary>The outcome time has another wire type than the contract's.</summary>
    OutcomeTimeWrongType,

    /// <summary>The provider's name is too long, has other characters than allowed, or another wire type.</summary>
    ProviderInvalid,

    /// <summary>Identifiers are sealed, and no sealing key is configured.</summary>
    SealedNotConfigured,

    /// <summary>Identifiers are sealed with a key whose number is not in the service's key file.</summary>
    SealedKeyUnknown,

    /// <summary>The sealed identifiers are shorter than their frame, or of another version.</summary>
    SealedMalformed,

    /// <summary>The sealed identifiers were changed, are another event's, or were sealed with another key of the same number.</summary>
    SealedNotOpened,

    /// <summary>The sealed identifiers are larger than <see cref="V1.SealedFormat.MaxPlaintextLength"/>.</summary>
    SealedTooLarge,

    /// <summary>What was sealed is not protocol buffers.</summary>
    SealedNotProtobuf,

    /// <summary>The sealed identifiers have another wire type than the contract's.</summary>
    SealedWrongType,
}
