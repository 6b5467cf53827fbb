using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Tests.Wire;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>The encoding lets a field come again: the last value counts, messages are merged, lists are joined.</summary>
public class MergedFieldsTests
{
    private readonly IntakeUnderTest _intake = new();

    [Theory]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("not an imei")]
    public void Of_an_identifier_that_comes_again_the_last_one_counts_even_if_it_says_nothing(string last)
    {
        var actual = Parse(Device(new DeviceSignals { Imei = "490154203237518" }), Device(WireBytes.Bytes(1, System.Text.Encoding.UTF8.GetBytes(last))));
        Assert.True(actual.Entity(EntitySlot.Imei).IsNone);
        Assert.True(actual.Entity(EntitySlot.Device).IsNone);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("unknown", false)]
    [InlineData("490154203237518", false)]
    [InlineData("358240051111110", true)]
    public void Of_an_emulators_identifier_that_comes_again_the_last_one_counts(string last, bool isEmulator)
    {
        var actual = Parse(Device(new DeviceSignals { Imei = "867400022047199" }), Device(WireBytes.Bytes(1, System.Text.Encoding.UTF8.GetBytes(last))));
        Assert.Equal(isEmulator, actual.IsEmulatorIdentifier(EntitySlot.Imei));
    }

    [Fact]
    public void The_pieces_of_a_device_are_one_device()
    {
        var pieces = Parse(
            Device(new DeviceSignals { Model = "PJZ110", Sims = { new SimSignals { Imsi = "460001357924680" } } }),
            Device(new DeviceSignals { OsBuild = "UKQ1", AppVersion = "7", Sims = { new SimSignals { Imsi = "460011357924681" } } }));
        var whole = Parse(Device(new DeviceSignals
        {
            Model = "PJZ110",
            OsBuild = "UKQ1",
            AppVersion = "7",
            Sims = { new SimSignals { Imsi = "460001357924680" }, new SimSignals { Imsi = "460011357924681" } },
        }));
        Assert.Equal(EventFacts.Of(whole), EventFacts.Of(pieces));
        Assert.False(pieces.Entity(EntitySlot.Imsi2).IsNone);
    }

    [Fact]
    public void The_limits_of_lists_hold_over_all_pieces()
    {
        var names = new DeviceSignals { Software = { Enumerable.Repeat("com.example.app", 300) } };
        var tool = new DeviceSignals { Software = { "de.robv.android.xposed.installer" } };
        Assert.NotEqual(0ul, Parse(Device(names), Device(tool)).RiskTools);
        var actual = Parse(Device(names), Device(names), Device(tool));
        Assert.Equal(0ul, actual.RiskTools);
        Assert.Equal([EventFacts.Note("software", DropCause.TooMany)], EventFacts.Notes(actual));

        var sim = Device(new DeviceSignals { Sims = { new SimSignals { Imsi = "460001357924680" } } });
        Assert.Equal([EventFacts.Note("sims", DropCause.TooMany)], EventFacts.Notes(Parse(sim, sim, sim)));
    }

    [Fact]
    public void The_pieces_of_a_time_are_one_time()
    {
        var seconds = IntakeUnderTest.Now.ToUnixTimeSeconds() - 5;
        var actual = Parse(
            WireBytes.Bytes(ScoreRequest.EventTimeFieldNumber, new Timestamp { Seconds = seconds }.ToByteArray()),
            WireBytes.Bytes(ScoreRequest.EventTimeFieldNumber, new Timestamp { Nanos = 7_000_000 }.ToByteArray()));
        Assert.Equal(RequestError.None, actual.Error);
        Assert.Equal((seconds * 1000) + 7, actual.TimeMilliseconds);
    }

    [Fact]
    public void A_later_vendor_score_out_of_range_leaves_no_earlier_one()
    {
        var actual = Parse(
            WireBytes.Bytes(ScoreRequest.ThirdPartyFieldNumber, WireBytes.Number(2, 900)),
            WireBytes.Bytes(ScoreRequest.ThirdPartyFieldNumber, WireBytes.Number(2, 1_001)));
        Assert.Equal(-1, actual.VendorScore);
        Assert.Equal([EventFacts.Note("vendor_score", DropCause.Malformed)], EventFacts.Notes(actual));
    }

    [Fact]
    public void A_later_field_of_another_wire_type_is_none_and_leaves_the_earlier_value()
    {
        var actual = Parse(
            Device(new DeviceSignals { Platform = Platform.Ios, Imei = "490154203237518" }),
            Device([.. WireBytes.Bytes(DeviceSignals.PlatformFieldNumber, "x"u8), .. WireBytes.Number(DeviceSignals.ImeiFieldNumber, 7)]));
        Assert.Equal(Platform.Ios, actual.Platform);
        Assert.False(actual.Entity(EntitySlot.Imei).IsNone);
        Assert.Equal([EventFacts.Note("imei", DropCause.WrongType), EventFacts.Note("platform", DropCause.WrongType)], EventFacts.Notes(actual));
    }

    [Fact]
    public void Consent_counts_wherever_it_stands_and_in_all_its_pieces()
    {
        var device = Device(new DeviceSignals { Imei = "490154203237518", Mac = "a8:c5:9d:6f:0b:de" });
        byte[] head = [.. new ScoreRequest { EventId = "e-1", Scene = Scene.Login }.ToByteArray(), .. device];
        var one = WireBytes.Bytes(6, new Consent { Granted = { ConsentCategory.DeviceIdentifiers } }.ToByteArray());
        var unpacked = WireBytes.Bytes(6, WireBytes.Number(Consent.GrantedFieldNumber, (ulong)ConsentCategory.NetworkIdentifiers));
        Assert.Equal([EventFacts.Note("imei", DropCause.NoConsent), EventFacts.Note("mac", DropCause.NoConsent)], EventFacts.Notes(_intake.Parse(head)));
        Assert.Equal([EventFacts.Note("mac", DropCause.NoConsent)], EventFacts.Notes(_intake.Parse([.. head, .. one])));
        Assert.Empty(EventFacts.Notes(_intake.Parse([.. head, .. one, .. unpacked])));
    }

    [Fact]
    public void A_packed_consent_that_ends_within_a_category_is_refused()
    {
        var message = WireBytes.Bytes(ScoreRequest.ConsentFieldNumber, WireBytes.Bytes(Consent.GrantedFieldNumber, [2, 0x83]));
        Assert.Throws<InvalidProtocolBufferException>(() => ScoreRequest.Parser.ParseFrom(message));
        Assert.Equal(RequestError.NotProtobuf, Parse(message).Error);
    }

    private static byte[] Device(DeviceSignals device) => Device(device.ToByteArray());

    private static byte[] Device(byte[] device) => WireBytes.Bytes(ScoreRequest.DeviceFieldNumber, device);

    private ScoreEvent Parse(params byte[][] fields)
    {
        var head = new ScoreRequest { EventId = "e-1", Scene = Scene.Login, Consent = new Consent { Granted = { FullRequest.AllCategories() } } };
        return _intake.Parse([.. head.ToByteArray(), .. fields.SelectMany(field => field)]);
    }
}
