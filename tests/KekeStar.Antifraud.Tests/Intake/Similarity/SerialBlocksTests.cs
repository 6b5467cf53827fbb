using Google.Protobuf;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Tests.Intake.Identifiers;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake.Similarity;

public sealed class SerialBlocksTests
{
    private readonly IntakeUnderTest _intake = new();

    [Fact]
    public void Phones_of_one_carton_lie_in_one_block_and_those_of_the_next_thousand_in_another()
    {
        Assert.Equal(Block(EntitySlot.ImeiBlock, imei: "35209900176100"), Block(EntitySlot.ImeiBlock, imei: "35209900176199"));
        Assert.NotEqual(Block(EntitySlot.ImeiBlock, imei: "35209900176100"), Block(EntitySlot.ImeiBlock, imei: "35209900177100"));
        Assert.Equal(Block(EntitySlot.SerialBlock, serial: "R58M42ABC17"), Block(EntitySlot.SerialBlock, serial: "r58m42abcde"));
        Assert.NotEqual(Block(EntitySlot.SerialBlock, serial: "R58M42ABC17"), Block(EntitySlot.SerialBlock, serial: "R58M43ABC17"));
    }

    [Fact]
    public void A_short_serial_number_has_none()
    {
        Assert.True(Block(EntitySlot.SerialBlock, serial: "R58M42A").IsNone);
        Assert.False(Block(EntitySlot.SerialBlock, serial: "R58M42AB").IsNone);
    }

    [Fact]
    public void An_identifier_that_comes_again_and_says_nothing_takes_its_block_along()
    {
        var again = new ScoreRequest { Device = new DeviceSignals { Serial = "unknown" } }.ToByteArray();
        Assert.True(_intake.Parse([.. Event("", "R58M42ABCDE").ToByteArray(), .. again]).Entity(EntitySlot.SerialBlock).IsNone);
    }

    [Fact]
    public void Who_refuses_identifiers_has_none()
    {
        var request = Event("35209900176100", "R58M42ABCDE");
        request.Consent.Granted.Remove(ConsentCategory.DeviceIdentifiers);
        var actual = _intake.Parse(request.ToByteArray());
        Assert.True(actual.Entity(EntitySlot.ImeiBlock).IsNone && actual.Entity(EntitySlot.SerialBlock).IsNone);
    }

    private static ScoreRequest Event(string imei, string serial)
    {
        var request = SoftwareLists.Event([]);
        request.Device.Imei = imei.Length == 0 ? imei : imei + IdentifierReader.CheckDigit(imei, 10);
        request.Device.Serial = serial;
        return request;
    }

    private Pseudonym Block(int slot, string imei = "", string serial = "") => _intake.Parse(Event(imei, serial).ToByteArray()).Entity(slot);
}
