namespace KekeStar.Antifraud.Features;

/// <summary>The features that are not counts in a window, in the order of the catalogue.</summary>
internal enum SingleFeature
{
    /// <summary>account.known.</summary>
    AccountKnown,

    /// <summary>account.age_days.</summary>
    AccountAgeDays,

    /// <summary>account.new_device.</summary>
    AccountNewDevice,

    /// <summary>account.new_network.</summary>
    AccountNewNetwork,

    /// <summary>step_up.passed_minutes.</summary>
    StepUpPassedMinutes,

    /// <summary>captcha.passed.</summary>
    CaptchaPassed,

    /// <summary>captcha.failed.</summary>
    CaptchaFailed,

    /// <summary>captcha.pending.</summary>
    CaptchaPending,

    /// <summary>vendor.score.</summary>
    VendorScore,

    /// <summary>software.risk_tools.</summary>
    SoftwareRiskTools,

    /// <summary>software.hook.</summary>
    SoftwareHook,

    /// <summary>software.root.</summary>
    SoftwareRoot,

    /// <summary>software.multi_open.</summary>
    SoftwareMultiOpen,

    /// <summary>software.device_changer.</summary>
    SoftwareDeviceChanger,

    /// <summary>software.group_control.</summary>
    SoftwareGroupControl,

    /// <summary>software.auto_clicker.</summary>
    SoftwareAutoClicker,

    /// <summary>software.emulator.</summary>
    SoftwareEmulator,

    /// <summary>software.cloud_phone.</summary>
    SoftwareCloudPhone,

    /// <summary>software.location_faker.</summary>
    SoftwareLocationFaker,

    /// <summary>software.packet_capture.</summary>
    SoftwarePacketCapture,

    /// <summary>software.vpn.</summary>
    SoftwareVpn,

    /// <summary>motion.samples.</summary>
    MotionSamples,

    /// <summary>motion.constant.</summary>
    MotionConstant,

    /// <summary>motion.zero.</summary>
    MotionZero,

    /// <summary>motion.gravity_implausible.</summary>
    MotionGravityImplausible,

    /// <summary>consistency.tac_brand.</summary>
    ConsistencyTacBrand,

    /// <summary>consistency.imei_makers.</summary>
    ConsistencyImeiMakers,

    /// <summary>consistency.imei_twins.</summary>
    ConsistencyImeiTwins,

    /// <summary>consistency.imei_invalid.</summary>
    ConsistencyImeiInvalid,

    /// <summary>consistency.imei_unassigned.</summary>
    ConsistencyImeiUnassigned,

    /// <summary>consistency.meid_invalid.</summary>
    ConsistencyMeidInvalid,

    /// <summary>consistency.oui_brand.</summary>
    ConsistencyOuiBrand,

    /// <summary>consistency.model_brand.</summary>
    ConsistencyModelBrand,

    /// <summary>consistency.model_platform.</summary>
    ConsistencyModelPlatform,

    /// <summary>consistency.model_os_version.</summary>
    ConsistencyModelOsVersion,

    /// <summary>consistency.emulator_model.</summary>
    ConsistencyEmulatorModel,

    /// <summary>consistency.low_entropy_identifier.</summary>
    ConsistencyLowEntropyIdentifier,

    /// <summary>consistency.low_entropy_oaid.</summary>
    ConsistencyLowEntropyOaid,

    /// <summary>consistency.iccid_imsi_country.</summary>
    ConsistencyIccidImsiCountry,

    /// <summary>consistency.iccid_imsi_operator.</summary>
    ConsistencyIccidImsiOperator,

    /// <summary>consistency.imsi_network_code.</summary>
    ConsistencyImsiNetworkCode,

    /// <summary>consistency.network_unassigned.</summary>
    ConsistencyNetworkUnassigned,

    /// <summary>consistency.violations.</summary>
    ConsistencyViolations,

    /// <summary>network.sim_country_differs.</summary>
    NetworkSimCountryDiffers,

    /// <summary>device.identifiers.</summary>
    DeviceIdentifiers,

    /// <summary>device.platform_conflict.</summary>
    DevicePlatformConflict,

    /// <summary>device.android.</summary>
    DeviceAndroid,

    /// <summary>device.ios.</summary>
    DeviceIos,

    /// <summary>device.harmony.</summary>
    DeviceHarmony,

    /// <summary>device.known.</summary>
    DeviceKnown,

    /// <summary>device.confidence.</summary>
    DeviceConfidence,

    /// <summary>device.new_identifiers.</summary>
    DeviceNewIdentifiers,

    /// <summary>device.foreign_identifiers.</summary>
    DeviceForeignIdentifiers,

    /// <summary>device.shared_identifiers.</summary>
    DeviceSharedIdentifiers,

    /// <summary>device.installs.</summary>
    DeviceInstalls,

    /// <summary>device.hardware.</summary>
    DeviceHardware,

    /// <summary>software.concealment.</summary>
    SoftwareConcealment,

    /// <summary>software.remote_control.</summary>
    SoftwareRemoteControl,

    /// <summary>software.captcha_solver.</summary>
    SoftwareCaptchaSolver,

    /// <summary>software.motion_faker.</summary>
    SoftwareMotionFaker,

    /// <summary>software.proxy_changer.</summary>
    SoftwareProxyChanger,

    /// <summary>device.emulator_identifier.</summary>
    DeviceEmulatorIdentifier,

    /// <summary>network.emulator_identifier.</summary>
    NetworkEmulatorIdentifier,

    /// <summary>sim.emulator_identifier.</summary>
    SimEmulatorIdentifier,

    /// <summary>cohort.surge.</summary>
    CohortSurge,

    /// <summary>cohort.prefix_registrations.</summary>
    CohortPrefixRegistrations,

    /// <summary>cohort.prefix_share.</summary>
    CohortPrefixShare,

    /// <summary>cohort.prefix_hours.</summary>
    CohortPrefixHours,

    /// <summary>similar.registration_share.</summary>
    SimilarRegistrationShare,

    /// <summary>similar.device_share.</summary>
    SimilarDeviceShare,

    /// <summary>similar.active_hours.</summary>
    SimilarActiveHours,

    /// <summary>similar.registration_hours.</summary>
    SimilarRegistrationHours,

    /// <summary>similar.night_share.</summary>
    SimilarNightShare,

    /// <summary>similar.cohort_share.</summary>
    SimilarCohortShare,

    /// <summary>similar.prefix_registrations.</summary>
    SimilarPrefixRegistrations,
    /// <summary>motion.synthetic.</summary>
    MotionSynthetic,

    /// <summary>motion.periodic.</summary>
    MotionPeriodic,

    /// <summary>motion.white_noise.</summary>
    MotionWhiteNoise,

    /// <summary>motion.random_walk.</summary>
    MotionRandomWalk,

    /// <summary>motion.noiseless.</summary>
    MotionNoiseless,

    /// <summary>motion.coarse.</summary>
    MotionCoarse,

    /// <summary>motion.dead_axis.</summary>
    MotionDeadAxis,

    /// <summary>motion.implausible_time.</summary>
    MotionImplausibleTime,

    /// <summary>motion.still.</summary>
    MotionStill,

    /// <summary>motion.tremor.</summary>
    MotionTremor,

    /// <summary>motion.gyroscope_mismatch.</summary>
    MotionGyroscopeMismatch,

    /// <summary>recording.matching_devices.</summary>
    RecordingMatchingDevices,
    /// <summary>account.new_install.</summary>
    AccountNewInstall,

    /// <summary>account.new_sim.</summary>
    AccountNewSim,

    /// <summary>account.new_country.</summary>
    AccountNewCountry,

    /// <summary>account.countries_24h.</summary>
    AccountCountries24h,

    /// <summary>account.networks_24h.</summary>
    AccountNetworks24h,

    /// <summary>account.impossible_travel.</summary>
    AccountImpossibleTravel,

    /// <summary>ip.hosting.</summary>
    IpHosting,

    /// <summary>ip.country_known.</summary>
    IpCountryKnown,
}
