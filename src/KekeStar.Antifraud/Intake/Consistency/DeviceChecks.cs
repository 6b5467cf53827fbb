using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.Consistency;

/// <summary>Makes all checks of an event, once everything of it was read.</summary>
internal static class DeviceChecks
{
    private static readonly ushort Apple = ReferenceTables.Embedded.Brands.Find("apple"u8);
    private static readonly ushort Huawei = ReferenceTables.Embedded.Brands.Find("huawei"u8);

    /// <summary>Makes the checks and sets them in the event.</summary>
    /// <param name="device">What was read of the device.</param>
    /// <param name="target">The event.</param>
    public static void Make(scoped ref DeviceProgress device, ScoreEvent target)
    {
        var tables = device.Tables;
        var checks = default(CheckResults);
        var brand = tables.Brands.Find(device.Brand);
        var isModelKnown = tables.Models.TryFind(device.Model, out var model);
        AddMakers(device.Facts, brand, model.Brand, ref checks);
        AddImeis(device.Facts, target, ref checks);
        checks.Add(SignalCheck.MeidInvalid, device.Facts.Meid);
        checks.Add(SignalCheck.LowEntropyIdentifier, device.Facts.Identifiers);
        checks.Add(SignalCheck.LowEntropyOaid, device.Facts.Oaid);
        AddPlatform(brand, model, target.Platform, ref checks);
        AddVersion(model, OsVersion.Major(device.OsVersion), target.Platform, ref checks);
        AddEmulator(ref device, isModelKnown, model, brand, ref checks);
        AddPlatformIdentifiers(target, ref checks);
        device.Facts.Sims.AddTo(ref checks, target.Address.Country);
        target.ChecksKnown = checks.Known;
        target.ChecksViolated = checks.Violated;
    }

    private static void AddMakers(SignalFacts facts, ushort brand, ushort modelBrand, ref CheckResults checks)
    {
        checks.Compare(SignalCheck.TacBrand, facts.Imei.Maker, brand);
        checks.Compare(SignalCheck.TacBrand, facts.Imei.Maker, modelBrand);
        checks.Compare(SignalCheck.TacBrand, facts.Imei2.Maker, brand);
        checks.Compare(SignalCheck.TacBrand, facts.Imei2.Maker, modelBrand);
        checks.Compare(SignalCheck.ImeiMakers, facts.Imei.Maker, facts.Imei2.Maker);
        checks.Compare(SignalCheck.OuiBrand, facts.MacMaker, brand);
        checks.Compare(SignalCheck.OuiBrand, facts.MacMaker, modelBrand);
        checks.Compare(SignalCheck.ModelBrand, modelBrand, brand);
    }

    private static void AddImeis(SignalFacts facts, ScoreEvent target, ref CheckResults checks)
    {
        checks.Add(SignalCheck.ImeiInvalid, facts.Imei.CheckDigit);
        checks.Add(SignalCheck.ImeiInvalid, facts.Imei2.CheckDigit);
        checks.Add(SignalCheck.ImeiUnassigned, facts.Imei.ReportingBody);
        checks.Add(SignalCheck.ImeiUnassigned, facts.Imei2.ReportingBody);
        var one = target.Entity(EntitySlot.Imei);
        var other = target.Entity(EntitySlot.Imei2);
        if (!one.IsNone && !other.IsNone)
        {
            checks.Add(SignalCheck.ImeiTwins, one == other);
        }
    }

    // HarmonyOS up to 4 runs Android's apps and reports as Android does, so Android and Harmony contradict each other only
    // on another maker's phone.
    private static void AddPlatform(ushort brand, ModelFacts model, Platform platform, ref CheckResults checks)
    {
        if (platform is not (Platform.Android or Platform.Ios or Platform.Harmony))
        {
            return;
        }

        if (model.Platform is Platform.Android or Platform.Ios or Platform.Harmony)
        {
            checks.Add(SignalCheck.ModelPlatform, (model.Platform == Platform.Ios) != (platform == Platform.Ios));
        }

        AddPlatformOfMaker(brand, platform, ref checks);
        AddPlatformOfMaker(model.Brand, platform, ref checks);
    }

    private static void AddPlatformOfMaker(ushort maker, Platform platform, ref CheckResults checks)
    {
        if (maker != 0)
        {
            checks.Add(
                SignalCheck.ModelPlatform,
                (maker == Apple) != (platform == Platform.Ios) || (platform == Platform.Harmony && maker != Huawei));
        }
    }

    // An owner may put a later Android on a phone than its maker ever did; nobody can do that with iOS.
    private static void AddVersion(ModelFacts model, int major, Platform platform, ref CheckResults checks)
    {
        if (major == 0 || model.Platform != platform || platform is not (Platform.Android or Platform.Ios))
        {
            return;
        }

        var last = platform == Platform.Ios ? model.LastMajorVersion : 0;
        if (model.LaunchMajorVersion != 0 || last != 0)
        {
            checks.Add(SignalCheck.ModelOsVersion, major < model.LaunchMajorVersion || (last != 0 && major > last));
        }
    }

    private static void AddEmulator(
        scoped ref DeviceProgress device, bool isModelKnown, ModelFacts model, ushort brand, ref CheckResults checks)
    {
        var violated = model.IsEmulator
            || EmulatorNames.IsBuild(Blanks.Trim(device.OsBuild)) || EmulatorNames.IsBrand(Blanks.Trim(device.Brand));
        if (violated || isModelKnown || brand != 0)
        {
            checks.Add(SignalCheck.EmulatorModel, violated);
        }
    }

    private static void AddPlatformIdentifiers(ScoreEvent target, ref CheckResults checks)
    {
        if (!HasAny(target, EntitySlot.Imei, EntitySlot.Mac))
        {
            return;
        }

        switch (target.Platform)
        {
            case Platform.Android or Platform.Harmony:
                checks.Add(SignalCheck.PlatformIdentifiers, HasAny(target, EntitySlot.Idfa, EntitySlot.OpenUdid));
                break;
            case Platform.Ios:
                checks.Add(SignalCheck.PlatformIdentifiers, HasAny(target, EntitySlot.Imei, EntitySlot.Oaid));
                break;
        }
    }

    private static bool HasAny(ScoreEvent target, int firstSlot, int lastSlot)
    {
        for (var slot = firstSlot; slot <= lastSlot; slot++)
        {
            if (!target.Entity(slot).IsNone)
            {
                return true;
            }
        }

        return false;
    }
}
