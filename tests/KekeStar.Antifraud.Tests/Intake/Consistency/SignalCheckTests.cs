using KekeStar.Antifraud.Intake.Consistency;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;
using static KekeStar.Antifraud.Intake.Consistency.SignalCheck;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

/// <summary>Each check by example. Codes are of public registers; serial numbers are made up.</summary>
public sealed class SignalCheckTests
{
    private const string SamsungImei = "35226005176148";
    private const string NokiaImei = "35792304176148";
    private const string XiaomiMac = "64:cc:2e:6f:0b:de";
    private const string ChinaMobileCard = "89860012345678901234";
    private const string SingaporeCard = "8965880812100011146";

    [Theory]
    [InlineData("samsung", "", false)]
    [InlineData("Xiaomi", "", true)]
    [InlineData("", "SM-S9280", false)]
    [InlineData("", "PJZ110", true)]
    [InlineData("samsung", "PJZ110", true)]
    [InlineData("no such brand", "no such model", null)]
    [InlineData("", "", null)]
    public void The_IMEI_is_allocated_to_the_maker_of_brand_and_model(string brand, string model, bool? violated)
    {
        Assert.Equal(violated, Checked.Device(new() { Imei = SamsungImei, Brand = brand, Model = model })[TacBrand]);
        Assert.Equal(violated, Checked.Device(new() { Imei2 = SamsungImei, Brand = brand, Model = model })[TacBrand]);
        Assert.Null(Checked.Device(new() { Imei = "86999999176148", Brand = brand, Model = model })[TacBrand]);
    }

    [Fact]
    public void Two_IMEIs_are_of_one_maker_and_differ()
    {
        var sound = Checked.Device(new() { Imei = SamsungImei, Imei2 = "35951406176148" });
        var foreign = Checked.Device(new() { Imei = SamsungImei, Imei2 = NokiaImei });
        var twins = Checked.Device(new() { Imei = SamsungImei, Imei2 = SamsungImei + "01" });
        var alone = Checked.Device(new() { Imei2 = SamsungImei });

        Assert.Equal((false, false), (sound[ImeiMakers], sound[ImeiTwins]));
        Assert.Equal((true, false), (foreign[ImeiMakers], foreign[ImeiTwins]));
        Assert.Equal((false, true), (twins[ImeiMakers], twins[ImeiTwins]));
        Assert.Equal((null, null), (alone[ImeiMakers], alone[ImeiTwins]));
    }

    [Theory]
    [InlineData("490154203237518", false, false)]
    [InlineData("490154203237517", true, null)]
    [InlineData("490154203237510", null, false)]
    [InlineData("49015420323751", null, false)]
    [InlineData("77015420323751", null, true)]
    [InlineData("000000000000000", null, null)]
    [InlineData("not an IMEI", null, null)]
    public void An_IMEI_has_a_sound_check_digit_and_a_reporting_body(string imei, bool? invalid, bool? unassigned)
    {
        var one = Checked.Device(new() { Imei = imei });
        var two = Checked.Device(new() { Imei2 = imei });

        Assert.Equal((invalid, unassigned), (one[ImeiInvalid], one[ImeiUnassigned]));
        Assert.Equal((invalid, unassigned), (two[ImeiInvalid], two[ImeiUnassigned]));
    }

    [Theory]
    [InlineData("AF0123450ABCDEC", false)]
    [InlineData("AF0123450ABCDE1", true)]
    [InlineData("A0000012345678", false)]
    [InlineData("990000123456AB", true)]
    [InlineData("unknown", null)]
    public void A_MEID_has_a_sound_check_digit_and_region(string meid, bool? invalid)
    {
        Assert.Equal(invalid, Checked.Device(new() { Meid = meid })[MeidInvalid]);
    }

    [Theory]
    [InlineData(XiaomiMac, "Redmi", "", false)]
    [InlineData(XiaomiMac, "", "M2012K11AC", false)]
    [InlineData(XiaomiMac, "OPPO", "", true)]
    [InlineData(XiaomiMac, "", "SM-S9280", true)]
    [InlineData(XiaomiMac, "", "", null)]
    [InlineData("66:cc:2e:6f:0b:de", "OPPO", "", null)]
    [InlineData("02:00:00:00:00:00", "OPPO", "", null)]
    [InlineData("00:03:7f:12:34:56", "OPPO", "", null)]
    public void The_MAC_address_is_of_the_maker_unless_it_is_random_or_of_a_chip(string mac, string brand, string model, bool? violated)
    {
        Assert.Equal(violated, Checked.Device(new() { Mac = mac, Brand = brand, Model = model })[OuiBrand]);
    }

    [Theory]
    [InlineData("HONOR", "ELS-AN00", false)]
    [InlineData("HUAWEI", "ELS-AN00", false)]
    [InlineData("Redmi", "M2012K11AC", false)]
    [InlineData("realme", "PJZ110", false)]
    [InlineData("OnePlus", "PJZ110", false)]
    [InlineData("Apple", "iPhone14,5", false)]
    [InlineData("vivo", "iPhone14,5", true)]
    [InlineData("vivo", "SM-S9280", true)]
    [InlineData("vivo", "a model of tomorrow", null)]
    [InlineData("a brand of tomorrow", "SM-S9280", null)]
    public void The_model_is_of_the_brand_or_its_family(string brand, string model, bool? violated)
    {
        Assert.Equal(violated, Checked.Device(new() { Brand = brand, Model = model })[ModelBrand]);
    }

    [Theory]
    [InlineData("iPhone14,5", "", Platform.Ios, false)]
    [InlineData("iPhone14,5", "", Platform.Android, true)]
    [InlineData("iPhone14,5", "", Platform.Harmony, true)]
    [InlineData("SM-S9280", "", Platform.Android, false)]
    [InlineData("SM-S9280", "", Platform.Ios, true)]
    [InlineData("SM-S9280", "", Platform.Harmony, true)]
    [InlineData("ELS-AN00", "HUAWEI", Platform.Harmony, false)]
    [InlineData("ELS-AN00", "HUAWEI", Platform.Android, false)]
    [InlineData("", "Apple", Platform.Android, true)]
    [InlineData("", "HONOR", Platform.Harmony, false)]
    [InlineData("", "Xiaomi", Platform.Harmony, true)]
    [InlineData("", "Xiaomi", Platform.Ios, true)]
    [InlineData("iPhone14,5", "", Platform.Unspecified, null)]
    [InlineData("iPhone14,5", "", Platform.Other, null)]
    [InlineData("a model of tomorrow", "", Platform.Ios, null)]
    public void Model_and_brand_run_the_reported_system(string model, string brand, Platform platform, bool? violated)
    {
        Assert.Equal(violated, Checked.Device(new() { Model = model, Brand = brand, Platform = platform })[ModelPlatform]);
    }

    [Theory]
    [InlineData("iPhone14,5", Platform.Ios, "15.0", false)]
    [InlineData("iPhone14,5", Platform.Ios, "14.8.1", true)]
    [InlineData("iPhone9,1", Platform.Ios, "15.8", false)]
    [InlineData("iPhone9,1", Platform.Ios, "17.5.1", true)]
    [InlineData("SM-S9280", Platform.Android, "14", false)]
    [InlineData("SM-S9280", Platform.Android, "7.1.2", true)]
    [InlineData("SM-S9280", Platform.Android, "17", false)]
    [InlineData("ELS-AN00", Platform.Harmony, "4.2.0", null)]
    [InlineData("SM-S9280", Platform.Unspecified, "7.1.2", null)]
    [InlineData("SM-S9280", Platform.Android, "", null)]
    [InlineData("a model of tomorrow", Platform.Android, "7", null)]
    public void The_version_is_one_that_the_model_can_run(string model, Platform platform, string version, bool? violated)
    {
        Assert.Equal(violated, Checked.Device(new() { Model = model, Platform = platform, OsVersion = version })[ModelOsVersion]);
    }

    [Theory]
    [InlineData("sdk_gphone64_x86_64", "google", "UE1A.230829.036", true)]
    [InlineData("SM-S9280", "samsung", "sdk_gphone64_x86_64-userdebug 14 UE1A.230829.036", true)]
    [InlineData("SM-S9280", "redroid", "", true)]
    [InlineData("SM-S9280", "samsung", "UP1A.231005.007.S9280ZCU1AXB8", false)]
    [InlineData("a model of tomorrow", "a brand of tomorrow", "1.2.3", null)]
    public void Model_brand_and_build_name_no_emulator(string model, string brand, string build, bool? violated)
    {
        Assert.Equal(violated, Checked.Device(new() { Model = model, Brand = brand, OsBuild = build })[EmulatorModel]);
    }

    [Fact]
    public void Random_identifiers_look_random()
    {
        Assert.False(Checked.Device(new() { AndroidId = "8f3c2b1a9d7e6f50" })[LowEntropyIdentifier]);
        Assert.True(Checked.Device(new() { AndroidId = "1234123412341234" })[LowEntropyIdentifier]);
        Assert.True(Checked.Device(new() { AndroidId = "8f3c2b1a9d7e6f50", Guid = "11111111-1111-4111-8111-111111111112" })[LowEntropyIdentifier]);
        Assert.True(Checked.Device(new() { Idfv = "12345678-1234-4123-8123-123456781234" })[LowEntropyIdentifier]);
        Assert.Null(Checked.Device(new() { Guid = "00000000-54b3-e7c7-0000-000046bffd97" })[LowEntropyIdentifier]);
        Assert.Null(Checked.Device(new() { AndroidId = "0000000000000000" })[LowEntropyIdentifier]);
        Assert.True(Checked.Device(new() { Oaid = "abababababababab" })[LowEntropyOaid]);
        Assert.False(Checked.Device(new() { Oaid = "3f1e0a77b2c4d981" })[LowEntropyOaid]);
        Assert.Null(Checked.Device(new() { Oaid = "ffbffe3f-7f7e-fbf3-ffff-fffffffffffe" })[LowEntropyOaid]);
    }

    [Theory]
    [InlineData(ChinaMobileCard, "460001357924680", "", "", false, false)]
    [InlineData(ChinaMobileCard, "460021357924680", "", "", false, false)]
    [InlineData(ChinaMobileCard, "460011357924680", "", "", false, true)]
    [InlineData(ChinaMobileCard, "525011357924680", "", "", true, null)]
    [InlineData(ChinaMobileCard, "", "460", "00", false, false)]
    [InlineData(ChinaMobileCard, "", "460", "01", false, true)]
    [InlineData(ChinaMobileCard, "", "460", "", false, null)]
    [InlineData(ChinaMobileCard, "", "525", "01", true, null)]
    [InlineData(SingaporeCard, "525011357924680", "", "", false, null)]
    [InlineData(SingaporeCard, "460001357924680", "", "", true, null)]
    [InlineData("8914101234567890123", "310260135792468", "", "", null, null)]
    [InlineData(ChinaMobileCard, "", "", "", null, null)]
    [InlineData("", "460001357924680", "460", "00", null, null)]
    public void The_card_is_issued_in_the_country_and_by_the_operator_of_its_subscriber(
        string iccid, string imsi, string mcc, string mnc, bool? country, bool? operatorViolated)
    {
        var actual = Card(iccid, imsi, mcc, mnc);

        Assert.Equal((country, operatorViolated), (actual[IccidImsiCountry], actual[IccidImsiOperator]));
    }

    [Theory]
    [InlineData("460001357924680", "460", "00", false)]
    [InlineData("460001357924680", "460", "02", false)]
    [InlineData("460001357924680", "460", "000", false)]
    [InlineData("460001357924680", "460", "01", true)]
    [InlineData("460001357924680", "525", "00", true)]
    [InlineData("460001357924680", "460", "", false)]
    [InlineData("310260135792468", "310", "260", false)]
    [InlineData("310260135792468", "310", "410", true)]
    [InlineData("310030135792468", "310", "30", false)]
    [InlineData("460001357924680", "", "00", null)]
    [InlineData("", "460", "00", null)]
    public void The_IMSI_begins_with_the_reported_network(string imsi, string mcc, string mnc, bool? violated)
    {
        Assert.Equal(violated, Card("", imsi, mcc, mnc)[ImsiNetworkCode]);
    }

    [Theory]
    [InlineData("", "460", "00", false)]
    [InlineData("", "460", "99", true)]
    [InlineData("460991357924680", "", "", true)]
    [InlineData("460011357924680", "", "", false)]
    [InlineData("310260135792468", "", "", false)]
    [InlineData("", "460", "", null)]
    [InlineData("", "299", "01", null)]
    [InlineData("", "", "01", null)]
    public void The_network_of_a_card_is_assigned(string imsi, string mcc, string mnc, bool? violated)
    {
        Assert.Equal(violated, Card("", imsi, mcc, mnc)[NetworkUnassigned]);
    }

    [Fact]
    public void Each_card_is_compared_with_itself_and_not_with_the_other()
    {
        var device = new DeviceSignals
        {
            Sims =
            {
                new SimSignals { Iccid = ChinaMobileCard, Imsi = "460001357924680", Mcc = "460", Mnc = "00" },
                new SimSignals { Iccid = SingaporeCard, Imsi = "525011357924680", Mcc = "525", Mnc = "01" },
            },
        };
        Assert.Empty(Checked.Device(device).Violated);

        (device.Sims[0].Iccid, device.Sims[1].Iccid) = (device.Sims[1].Iccid, device.Sims[0].Iccid);
        Assert.Equal([IccidImsiCountry], Checked.Device(device).Violated);
    }

    [Theory]
    [InlineData(Platform.Android, false, true)]
    [InlineData(Platform.Harmony, false, true)]
    [InlineData(Platform.Ios, true, false)]
    [InlineData(Platform.Other, null, null)]
    [InlineData(Platform.Unspecified, null, null)]
    public void Identifiers_of_iOS_are_not_on_Android_nor_the_reverse(Platform platform, bool? onAndroid, bool? onIos)
    {
        Assert.Equal(onAndroid, Checked.Device(new() { Platform = platform, AndroidId = "8f3c2b1a9d7e6f50" })[PlatformIdentifiers]);
        Assert.Equal(onIos, Checked.Device(new() { Platform = platform, Idfv = "2B6F0CC9-04D1-4BF1-9F7A-7F2B7E6A9C11" })[PlatformIdentifiers]);
        Assert.Null(Checked.Device(new() { Platform = platform })[PlatformIdentifiers]);
    }

    [Theory]
    [InlineData("223.5.5.5", "460", false)]
    [InlineData("223.5.5.5", "525", true)]
    [InlineData("8.8.8.8", "460", true)]
    [InlineData("10.0.0.1", "460", null)]
    [InlineData("223.5.5.5", "", null)]
    public void A_card_of_another_country_than_the_address_is_said_but_is_no_violation(string address, string mcc, bool? differs)
    {
        var device = new DeviceSignals { Sims = { new SimSignals { Mcc = mcc } } };

        Assert.Equal(differs, Checked.Device(device, address)[SimCountry]);
    }

    [Fact]
    public void Of_two_cards_one_from_elsewhere_is_enough()
    {
        var device = new DeviceSignals { Sims = { new SimSignals { Mcc = "460" }, new SimSignals { Mcc = "454" } } };

        Assert.True(Checked.Device(device, "223.5.5.5")[SimCountry]);
    }

    private static Checked Card(string iccid, string imsi, string mcc, string mnc) =>
        Checked.Device(new() { Sims = { new SimSignals { Iccid = iccid, Imsi = imsi, Mcc = mcc, Mnc = mnc } } });
}
