using Google.Protobuf;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake.RiskTools;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Features;

/// <summary>From a request's bytes to the features that need no window.</summary>
public sealed class FeatureBuilderTests
{
    private const double Unknown = double.NaN;
    private const int ListLimit = 512;

    private readonly IntakeUnderTest _intake = new();

    [Theory]
    [InlineData("com.tsng.hidemyapplist", "software.concealment")]
    [InlineData("com.anydesk.anydeskandroid", "software.remote_control")]
    [InlineData("com.ruokuai.rktech", "software.captcha_solver")]
    [InlineData("com.zhufucdev.motion_emulator", "software.motion_faker")]
    [InlineData("com.chuangdian.ipjl2", "software.proxy_changer")]
    public void A_tool_raises_the_flag_of_its_category(string package, string feature)
    {
        Assert.Equal(1, Value(feature, With(device => device.Software.Add(package))));
        Assert.Equal(0, Value(feature, With(static device => device.Software.Add("com.example.harmless"))));
        Assert.Equal(Unknown, Value(feature, With(static _ => { })));
        Assert.Equal(Unknown, Value(feature, Refusing(ConsentCategory.Software, device => device.Software.Add(package))));
    }

    [Fact]
    public void The_number_of_categories_reaches_its_maximum_when_all_are_found()
    {
        var request = With(static device =>
        {
            device.Software.Clear();
            device.Software.Add(RiskToolFile.ReadShipped().Keys.Take(ListLimit));
            device.Processes.Add(RiskToolFile.ReadShipped().Keys.Skip(ListLimit));
        });

        Assert.Equal(FeatureCatalogue.Find("software.risk_tools")!.Maximum, Value("software.risk_tools", request));
    }

    [Theory]
    [InlineData("device.emulator_identifier", ConsentCategory.DeviceIdentifiers)]
    [InlineData("network.emulator_identifier", ConsentCategory.NetworkIdentifiers)]
    [InlineData("sim.emulator_identifier", ConsentCategory.Sim)]
    public void An_emulators_identifier_raises_the_flag_of_its_consent_category_alone(string feature, ConsentCategory category)
    {
        Assert.Equal(category, FeatureCatalogue.Find(feature)!.Consent);
        Assert.Equal(1, Value(feature, With(Emulate(feature))));
        Assert.Equal(0, Value(feature, With(Own(feature))));
        Assert.Equal(Unknown, Value(feature, With(static _ => { })));
        Assert.Equal(Unknown, Value(feature, Refusing(category, Emulate(feature))));
        foreach (var other in (string[])["device.emulator_identifier", "network.emulator_identifier", "sim.emulator_identifier"])
        {
            Assert.Equal(other == feature ? 1 : Unknown, Value(other, With(Emulate(feature))));
        }
    }

    [Theory]
    [InlineData("000000000000000")]
    [InlineData("012345678912345")]
    [InlineData("unknown")]
    public void A_null_value_that_phones_give_out_as_well_says_nothing_of_an_emulator(string imei) =>
        Assert.Equal(Unknown, Value("device.emulator_identifier", With(device => device.Imei = imei)));

    [Fact]
    public void An_advertising_identifier_alone_leaves_the_devices_flag_unknown() =>
        Assert.Equal(Unknown, Value("device.emulator_identifier", With(static device => device.Oaid = "f81d4fae7dec11d0a76500a0c91e6bf6")));

    private static Action<DeviceSignals> Emulate(string feature) => feature switch
    {
        "device.emulator_identifier" => static device => device.Serial = "EMULATOR34X1X9X0",
        "network.emulator_identifier" => static device => device.Bssid = "00:13:10:85:fe:01",
        _ => static device => device.Sims.Add(new SimSignals { Imsi = "310260000000000" }),
    };

    private static Action<DeviceSignals> Own(string feature) => feature switch
    {
        "device.emulator_identifier" => static device => device.Serial = "R58M42ABCDE",
        "network.emulator_identifier" => static device => device.Bssid = "a8:c5:9d:6f:0b:df",
        _ => static device => device.Sims.Add(new SimSignals { Imsi = "460001357924680" }),
    };

    private static ScoreRequest With(Action<DeviceSignals> fill)
    {
        var request = new ScoreRequest
        {
            EventId = "event",
            Scene = Scene.Login,
            Consent = new Consent { Granted = { FullRequest.AllCategories() } },
            Device = new DeviceSignals(),
        };
        fill(request.Device);
        return request;
    }

    private static ScoreRequest Refusing(ConsentCategory category, Action<DeviceSignals> fill)
    {
        var request = With(fill);
        Assert.True(request.Consent.Granted.Remove(category));
        return request;
    }

    private double Value(string feature, ScoreRequest request)
    {
        var features = new FeatureVector(FeatureCatalogue.Count);
        FeatureBuilder.Build(_intake.Parse(request.ToByteArray()), new EventCounts(), features);
        return features.Values[FeatureCatalogue.Find(feature)!.Index];
    }
}
