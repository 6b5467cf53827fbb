namespace KekeStar.Antifraud.Intake.Consistency;

/// <summary>
/// What is checked between the signals of one event, by bit in <see cref="ScoreEvent.ChecksKnown"/> and
/// <see cref="ScoreEvent.ChecksViolated"/>. A check is known only where all that it compares was sent, granted, well
/// formed and covered by the reference tables. Each compares pairs and is violated if one of its pairs contradicts, so
/// a signal that is left out can take a violation away but never add one.
/// </summary>
internal enum SignalCheck
{
    /// <summary>Type allocation code of an IMEI ↔ brand text, brand of the model. GSMA allocates a TAC to one brand.</summary>
    TacBrand,

    /// <summary>Type allocation codes of the two IMEIs ↔ each other: one phone is of one brand.</summary>
    ImeiMakers,

    /// <summary>
    /// The two IMEIs are equal. 3GPP TS 23.003 clause 6.2 gives each radio its own; some unbranded phones break that, so
    /// it is a hint and no proof.
    /// </summary>
    ImeiTwins,

    /// <summary>Check digit of an IMEI of 15 digits, 3GPP TS 23.003 annex B. A modem cannot report a wrong one.</summary>
    ImeiInvalid,

    /// <summary>Reporting body of an IMEI, GSMA TS.06 annex A: none of those that ever allocated to the market.</summary>
    ImeiUnassigned,

    /// <summary>Check digit and regional code of a MEID, 3GPP2 S.R0048-A: with letters it begins with A0 to FF.</summary>
    MeidInvalid,

    /// <summary>Maker of the device's MAC address by the IEEE registry ↔ brand text, brand of the model.</summary>
    OuiBrand,

    /// <summary>Brand of the model ↔ brand text.</summary>
    ModelBrand,

    /// <summary>Platform of the model, and of the brand Apple ↔ reported platform.</summary>
    ModelPlatform,

    /// <summary>Major version of the system ↔ the one that the model was launched with, and the last one that it gets.</summary>
    ModelOsVersion,

    /// <summary>Model, brand or system build names an emulator.</summary>
    EmulatorModel,

    /// <summary>ANDROID_ID, GUID or IDFV ↔ what a random number looks like: <see cref="RandomDigits"/>.</summary>
    LowEntropyIdentifier,

    /// <summary>The same of the OAID, which has a consent category of its own.</summary>
    LowEntropyOaid,

    /// <summary>Country of a card's issuer (ITU-T E.118) ↔ country of its IMSI or country code (ITU-T E.212).</summary>
    IccidImsiCountry,

    /// <summary>Operator of a card's issuer ↔ operator of its IMSI or network code, within one country.</summary>
    IccidImsiOperator,

    /// <summary>Country and network code that a card's IMSI begins with ↔ the ones reported beside it.</summary>
    ImsiNetworkCode,

    /// <summary>Country and network code of a card ↔ the assigned ones of ITU-T E.212.</summary>
    NetworkUnassigned,

    /// <summary>Identifiers of iOS on Android, or the reverse: the feature device.platform_conflict.</summary>
    PlatformIdentifiers,

    /// <summary>
    /// Country of a card ↔ country of the client's address: the feature network.sim_country_differs. Travel is no
    /// fraud, so it is not counted among the violations.
    /// </summary>
    SimCountry,
}
