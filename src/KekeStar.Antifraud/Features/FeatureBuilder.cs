using System.Numerics;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.Intake.RiskTools;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Features;

/// <summary>Fills the feature vector of an event from what intake left of it and what its windows hold.</summary>
internal static class FeatureBuilder
{
    private const double MillisecondsPerDay = 86_400_000;
    private const double MillisecondsPerMinute = 60_000;

    // What needs DEVICE_IDENTIFIERS, NETWORK_IDENTIFIERS and SIM, by the contract. OAID and IDFA need a category of their
    // own and have no default of an emulator.
    private static ReadOnlySpan<int> DeviceSlots =>
    [
        EntitySlot.Imei, EntitySlot.Imei2, EntitySlot.Meid, EntitySlot.AndroidId, EntitySlot.Idfv, EntitySlot.OpenUdid,
        EntitySlot.Guid, EntitySlot.Serial,
    ];

    private static ReadOnlySpan<int> NetworkSlots => [EntitySlot.Mac, EntitySlot.Bssid];

    private static ReadOnlySpan<int> SimSlots =>
    [
        EntitySlot.Iccid, EntitySlot.Iccid2, EntitySlot.Imsi, EntitySlot.Imsi2, EntitySlot.SimSerial, EntitySlot.SimSerial2,
    ];

    private static readonly bool[] OfWindows = MakeOfWindows();

    /// <summary>True for the features that <see cref="AddWindows"/> sets, false for those of <see cref="BuildOwn"/>.</summary>
    /// <param name="index">Index in the catalogue.</param>
    public static bool IsOfWindows(int index) => OfWindows[index];

    /// <summary>Fills a vector; what is not known stays unknown.</summary>
    public static void Build(ScoreEvent scoreEvent, EventCounts counts, FeatureVector features)
    {
        BuildOwn(scoreEvent, features);
        AddWindows(scoreEvent, counts, features);
    }

    /// <summary>Fills a vector with what the event tells by itself, before the store is asked.</summary>
    public static void BuildOwn(ScoreEvent scoreEvent, FeatureVector features)
    {
        features.Clear();
        AddThirdParty(scoreEvent, features);
        AddSoftware(scoreEvent, features);
        AddMotion(scoreEvent, features);
        MotionFeatures.Add(scoreEvent, features);
        AddDevice(scoreEvent, features);
        AddEmulator(scoreEvent, DeviceSlots, SingleFeature.DeviceEmulatorIdentifier, features);
        AddEmulator(scoreEvent, NetworkSlots, SingleFeature.NetworkEmulatorIdentifier, features);
        AddEmulator(scoreEvent, SimSlots, SingleFeature.SimEmulatorIdentifier, features);
        CheckFeatures.Add(scoreEvent, features);
        TheftFeatures.AddAddress(scoreEvent, features);
    }

    /// <summary>Adds what the event's windows hold to <see cref="BuildOwn"/>'s.</summary>
    public static void AddWindows(ScoreEvent scoreEvent, EventCounts counts, FeatureVector features)
    {
        CountFeatures.Add(counts, features);
        if (counts.Account is { } account)
        {
            AddAccount(scoreEvent, account, features);
        }

        if (counts.Device is { } device)
        {
            AddStanding(device, features);
        }

        MotionFeatures.AddRecording(counts, features);
        CohortFeatures.Add(counts, features);
        TheftFeatures.AddSightings(counts, features);
    }

    private static bool[] MakeOfWindows()
    {
        (SingleFeature First, SingleFeature Last)[] singles =
        [
            (SingleFeature.AccountKnown, SingleFeature.StepUpPassedMinutes),
            (SingleFeature.DeviceKnown, SingleFeature.DeviceHardware),
            (SingleFeature.CohortSurge, SingleFeature.SimilarPrefixRegistrations),
            (SingleFeature.RecordingMatchingDevices, SingleFeature.AccountImpossibleTravel),
        ];
        var ofWindows = new bool[FeatureCatalogue.Count];
        ofWindows.AsSpan(0, WindowedFeatures.Count).Fill(true);
        foreach (var (first, last) in singles)
        {
            ofWindows.AsSpan(FeatureCatalogue.Index(first), last - first + 1).Fill(true);
        }

        return ofWindows;
    }

    private static void AddAccount(ScoreEvent scoreEvent, AccountHistory account, FeatureVector features)
    {
        SetFlag(features, SingleFeature.AccountKnown, account.IsKnown);
        Set(features, SingleFeature.AccountAgeDays, Math.Max(0, scoreEvent.TimeMilliseconds - account.FirstSeenMilliseconds) / MillisecondsPerDay);
        if (!scoreEvent.Entity(EntitySlot.Device).IsNone)
        {
            SetFlag(features, SingleFeature.AccountNewDevice, account.IsKnown && !account.IsDeviceKnown);
        }

        if (!scoreEvent.Entity(EntitySlot.IpPrefix).IsNone)
        {
            SetFlag(features, SingleFeature.AccountNewNetwork, account.IsKnown && !account.IsNetworkKnown);
        }

        if (account.CaptchaPassedMilliseconds != 0)
        {
            Set(
                features,
                SingleFeature.StepUpPassedMinutes,
                Math.Max(0, scoreEvent.TimeMilliseconds - account.CaptchaPassedMilliseconds) / MillisecondsPerMinute);
        }
    }

    private static void AddStanding(DeviceStanding device, FeatureVector features)
    {
        SetFlag(features, SingleFeature.DeviceKnown, device.IsKnown);
        Set(features, SingleFeature.DeviceConfidence, device.Confidence);
        Set(features, SingleFeature.DeviceNewIdentifiers, device.IsKnown ? device.New : 0);
        Set(features, SingleFeature.DeviceForeignIdentifiers, device.Foreign);
        Set(features, SingleFeature.DeviceSharedIdentifiers, device.Shared);
        Set(features, SingleFeature.DeviceInstalls, device.Installs);
        Set(features, SingleFeature.DeviceHardware, device.Hardware);
    }

    private static void AddThirdParty(ScoreEvent scoreEvent, FeatureVector features)
    {
        SetFlag(features, SingleFeature.CaptchaPassed, scoreEvent.Captcha == CaptchaState.Passed);
        SetFlag(features, SingleFeature.CaptchaFailed, scoreEvent.Captcha == CaptchaState.Failed);
        SetFlag(features, SingleFeature.CaptchaPending, scoreEvent.Captcha == CaptchaState.Pending);
        if (scoreEvent.VendorScore >= 0)
        {
            Set(features, SingleFeature.VendorScore, scoreEvent.VendorScore);
        }
    }

    private static void AddSoftware(ScoreEvent scoreEvent, FeatureVector features)
    {
        if (!scoreEvent.HasSoftware)
        {
            return;
        }

        var tools = (RiskToolCategory)scoreEvent.RiskTools;
        Set(features, SingleFeature.SoftwareRiskTools, BitOperations.PopCount(scoreEvent.RiskTools));
        SetFlag(features, SingleFeature.SoftwareHook, Has(tools, RiskToolCategory.HookFramework));
        SetFlag(features, SingleFeature.SoftwareRoot, Has(tools, RiskToolCategory.RootManager | RiskToolCategory.Jailbreak));
        SetFlag(features, SingleFeature.SoftwareMultiOpen, Has(tools, RiskToolCategory.MultiOpen | RiskToolCategory.VirtualSystem));
        SetFlag(features, SingleFeature.SoftwareDeviceChanger, Has(tools, RiskToolCategory.DeviceChanger));
        SetFlag(features, SingleFeature.SoftwareGroupControl, Has(tools, RiskToolCategory.GroupControl));
        SetFlag(features, SingleFeature.SoftwareAutoClicker, Has(tools, RiskToolCategory.AutoClicker));
        SetFlag(features, SingleFeature.SoftwareEmulator, Has(tools, RiskToolCategory.Emulator));
        SetFlag(features, SingleFeature.SoftwareCloudPhone, Has(tools, RiskToolCategory.CloudPhone));
        SetFlag(features, SingleFeature.SoftwareLocationFaker, Has(tools, RiskToolCategory.LocationFaker));
        SetFlag(features, SingleFeature.SoftwarePacketCapture, Has(tools, RiskToolCategory.PacketCapture));
        SetFlag(features, SingleFeature.SoftwareVpn, Has(tools, RiskToolCategory.Vpn));
        SetFlag(features, SingleFeature.SoftwareConcealment, Has(tools, RiskToolCategory.Concealment));
        SetFlag(features, SingleFeature.SoftwareRemoteControl, Has(tools, RiskToolCategory.RemoteControl));
        SetFlag(features, SingleFeature.SoftwareCaptchaSolver, Has(tools, RiskToolCategory.CaptchaSolver));
        SetFlag(features, SingleFeature.SoftwareMotionFaker, Has(tools, RiskToolCategory.MotionFaker));
        SetFlag(features, SingleFeature.SoftwareProxyChanger, Has(tools, RiskToolCategory.ProxyChanger));
    }

    private static void AddMotion(ScoreEvent scoreEvent, FeatureVector features)
    {
        if (!scoreEvent.HasAccelerometer)
        {
            return;
        }

        var criteria = scoreEvent.Motion.Criteria;
        Set(features, SingleFeature.MotionSamples, scoreEvent.Motion.Samples);
        SetFlag(features, SingleFeature.MotionConstant, (criteria & MotionCriteria.Constant) != 0);
        SetFlag(features, SingleFeature.MotionZero, (criteria & MotionCriteria.Zero) != 0);
        SetFlag(features, SingleFeature.MotionGravityImplausible, (criteria & MotionCriteria.GravityImplausible) != 0);
    }

    private static void AddDevice(ScoreEvent scoreEvent, FeatureVector features)
    {
        SetFlag(features, SingleFeature.DeviceAndroid, scoreEvent.Platform == Platform.Android);
        SetFlag(features, SingleFeature.DeviceIos, scoreEvent.Platform == Platform.Ios);
        SetFlag(features, SingleFeature.DeviceHarmony, scoreEvent.Platform == Platform.Harmony);
        var identifiers = 0;
        for (var slot = EntitySlot.Imei; slot <= EntitySlot.Mac; slot++)
        {
            identifiers += scoreEvent.Entity(slot).IsNone ? 0 : 1;
        }

        if (identifiers != 0)
        {
            Set(features, SingleFeature.DeviceIdentifiers, identifiers);
        }
    }

    // Unknown without any identifier of the group: a user who refuses them is no emulator.
    private static void AddEmulator(ScoreEvent scoreEvent, ReadOnlySpan<int> slots, SingleFeature feature, FeatureVector features)
    {
        var isEmulator = false;
        var isKnown = false;
        foreach (var slot in slots)
        {
            isEmulator |= scoreEvent.IsEmulatorIdentifier(slot);
            isKnown |= !scoreEvent.Entity(slot).IsNone;
        }

        if (isEmulator || isKnown)
        {
            SetFlag(features, feature, isEmulator);
        }
    }

    private static bool Has(RiskToolCategory tools, RiskToolCategory any) => (tools & any) != 0;

    private static void Set(FeatureVector features, SingleFeature feature, double value) =>
        features.Set(FeatureCatalogue.Index(feature), value);

    private static void SetFlag(FeatureVector features, SingleFeature feature, bool value) =>
        features.Set(FeatureCatalogue.Index(feature), value ? 1 : 0);
}
