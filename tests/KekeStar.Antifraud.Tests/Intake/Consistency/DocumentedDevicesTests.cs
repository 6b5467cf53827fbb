using KekeStar.Antifraud.Intake.Consistency;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

/// <summary>
/// Sets that real devices reported: system properties as people published them in manuals, tests and forum threads, and
/// type allocation codes with their phones as Wikipedia's article on them lists. Serial numbers are made up.
/// </summary>
public sealed class DocumentedDevicesTests
{
    public static TheoryData<string, string, string, string, string> Properties => new()
    {
        // Brand, model, version, display, what it is.
        { "Xiaomi", "MI 2", "4.1.1", "JRO03L", "Xiaomi MI 2" },
        { "oneplus", "A0001", "4.4.4", "KTU84P", "OnePlus One" },
        { "OnePlus", "PJZ110", "15", "PJZ110_15.0.0.404(CN01)", "OnePlus 13" },
        { "OnePlus", "CPH2581", "14", "CPH2581_14.0.0.400(EX01)", "OnePlus 12" },
        { "OnePlus", "GM1917", "9", "ONEPLUS A7010_21_190620", "OnePlus 7 Pro" },
        { "samsung", "SM-G991B", "12", "SP1A.210812.016.G991BXXS5CVK1", "Galaxy S21" },
        { "samsung", "SM-G991N", "11", "RP1A.200720.012.G991NKSU3AUK1", "Galaxy S21, Korea" },
        { "samsung", "SM-G965F", "8.0.0", "R16NW.G965FXXU1ARCC", "Galaxy S9+" },
        { "Huawei", "U8860", "2.3.6", "U8860V100R001CHNC00B876", "Huawei Honor of 2011" },
        { "HUAWEI", "ELS-AN00", "10", "ELS-AN00 10.1.0.176(C00E150R5P2)", "Huawei P40 Pro" },
        { "google", "Pixel 6", "14", "AP1A.240305.019.A1", "Pixel 6" },
        { "Sony", "XQ-AS72", "11", "58.1.A.5.498", "Xperia 5 II" },
        { "MBX", "K1", "4.4.2", "KOT49H.20140814 test-keys", "a television box of no known maker" },
    };

    [Theory]
    [MemberData(nameof(Properties))]
    public void Properties_of_real_phones_agree(string brand, string model, string version, string display, string name)
    {
        var actual = Checked.Device(new()
        {
            Platform = Platform.Android,
            Brand = brand,
            Model = model,
            OsVersion = version,
            OsBuild = display,
        });

        Assert.True(actual.Violated.Count == 0, $"{name}: {string.Join(", ", actual.Violated)}");
    }

    [Theory]
    [InlineData("01154600", "Apple", "iPhone1,1")]
    [InlineData("01174400", "Apple", "iPhone1,2")]
    [InlineData("35226005", "samsung", "GT-I9300")]
    [InlineData("35902803", "htc_wwe", "HTC Wildfire")]
    public void Type_allocation_codes_of_real_phones_agree_with_brand_and_model(string tac, string brand, string model)
    {
        var actual = Checked.Device(new() { Imei = tac + "176148", Brand = brand, Model = model });

        Assert.False(actual[SignalCheck.TacBrand]);
        Assert.Empty(actual.Violated);
    }

    [Fact]
    public void A_phone_with_cards_of_an_MVNO_and_of_China_Mobile_agrees_whichever_of_its_codes_the_app_reports()
    {
        // As a Redmi of 2019 reported it: gsm.sim.operator.numeric 46009, 46002; gsm.operator.numeric 46001, 46000.
        foreach (var (first, second) in new[] { ("09", "02"), ("01", "00") })
        {
            var actual = Checked.Device(new()
            {
                Sims =
                {
                    new SimSignals { Iccid = "89860919001234567890", Imsi = "460091234567890", Mcc = "460", Mnc = first },
                    new SimSignals { Iccid = "89860218001234567890", Imsi = "460021234567890", Mcc = "460", Mnc = second },
                },
            });

            Assert.Empty(actual.Violated);
            Assert.False(actual[SignalCheck.ImsiNetworkCode]);
            Assert.False(actual[SignalCheck.IccidImsiOperator]);
        }
    }
}
