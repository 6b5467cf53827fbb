using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Identifiers;
using static KekeStar.Antifraud.Tests.Intake.Identifiers.IdentifierReader;

namespace KekeStar.Antifraud.Tests.Intake.Identifiers;

/// <summary>MAC addresses and what stands on a SIM card.</summary>
public class NetworkIdentityTests
{
    [Theory]
    [InlineData("FE:FB:01:02:03:04", EntityKind.Bssid, "fefb01020304")] // Locally administered.
    [InlineData("A8-C5-9D-6F-0B-DE", EntityKind.Mac, "a8c59d6f0bde")]
    [InlineData("a8c5.9d6f.0bde", EntityKind.Mac, "a8c59d6f0bde")]
    [InlineData("A8C59D6F0BDE", EntityKind.Mac, "a8c59d6f0bde")]
    [InlineData(" a8:c5:9d:6f:0b:de ", EntityKind.Bssid, "a8c59d6f0bde")]
    [InlineData("da:a1:19:00:00:01", EntityKind.Bssid, "daa119000001")]
    [InlineData("00:00:5e:00:53:01", EntityKind.Mac, "00005e005301")] // RFC 7042 documentation address.
    [InlineData("4:d4:c4:c8:66:d4", EntityKind.Bssid, "04d4c4c866d4")] // As iOS prints a BSSID: ether_ntoa(3).
    [InlineData("d0:5:9:04:a2:a0", EntityKind.Mac, "d0050904a2a0")]
    [InlineData("0:1:2:3:4:5", EntityKind.Bssid, "000102030405")]
    public void A_mac_address_is_brought_to_twelve_digits(string text, EntityKind kind, string expected) =>
        Assert.Equal(expected, ReadOk(kind, text));

    [Theory]
    [InlineData(EntityKind.Mac, "AB:AB:AB:AB:AB:AB", NormaliseStatus.Malformed)] // validator.js takes it; group bit.
    [InlineData(EntityKind.Mac, "01:00:5e:00:00:fb", NormaliseStatus.Malformed)] // Group address.
    [InlineData(EntityKind.Bssid, "01:00:5e:00:00:fb", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "a8:c5:9d:6f:0b", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "a8:c5:9d-6f:0b:de", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "a8-5-9d-6f-0b-de", NormaliseStatus.Malformed)] // Leading zeros are missing between ':' only.
    [InlineData(EntityKind.Mac, "a8:5:9d:6f:0b", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "a8:5:9d:6f:0b:", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "a8::9d:6f:0b:de", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "a8:059:9d:6f:b:de", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "a8:5:9d:6f:b:d:e", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "a:b", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "02:15:b2:00:00:00", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Mac, "2:0:0:44:55:66", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Bssid, "02:00:00:00:01:00", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Mac, "a8 c5 9d 6f 0b de", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "a8c5:9d6f:0bde", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "a8.c5.9d.6f.0b.de", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "g8:c5:9d:6f:0b:de", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Mac, "a8:c5:9d:6f:0b:de:01:02", NormaliseStatus.TooLong)] // EUI-64.
    [InlineData(EntityKind.Mac, "02:00:00:00:00:00", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Mac, "00:00:00:00:00:00", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Mac, "ff:ff:ff:ff:ff:ff", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Mac, "da:a1:19:00:00:01", NormaliseStatus.NullValue)] // Locally administered.
    [InlineData(EntityKind.Bssid, "02:00:00:00:00:00", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Bssid, "00:00:00:00:00:00", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Bssid, "01:80:c2:00:00:03", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Bssid, "00:13:10:85:fe:01", NormaliseStatus.EmulatorDefault)]
    public void What_is_no_mac_address_is_refused_with_the_cause(EntityKind kind, string text, object expected) =>
        Assert.Equal((NormaliseStatus)expected, Status(kind, text));

    [Fact]
    public void All_forms_of_one_mac_address_are_equal() =>
        Gen.OneOf(Gen.Byte, Gen.Byte[0, 15]).Array[6].Sample(octets =>
        {
            var pairs = octets.Select(octet => $"{octet:x2}").ToArray();
            var plain = string.Concat(pairs);
            foreach (var kind in (EntityKind[])[EntityKind.Mac, EntityKind.Bssid])
            {
                var expected = Read(kind, plain);
                Assert.Equal(expected, Read(kind, string.Join(':', pairs)));
                Assert.Equal(expected, Read(kind, string.Join('-', pairs).ToUpperInvariant()));
                Assert.Equal(expected, Read(kind, $"{plain[..4]}.{plain[4..8]}.{plain[8..]}"));
                Assert.Equal(expected, Read(kind, string.Join(':', octets.Select(octet => $"{octet:x}"))));
            }
        });

    [Theory]
    // A worked example of the check digit on a card maker's page: 896588081210001114 and 6.
    [InlineData("8965880812100011146", "896588081210001114")]
    [InlineData("896588081210001114", "896588081210001114")]
    [InlineData("8965880812100011146F", "896588081210001114")]
    [InlineData("896588081210001114FF", "896588081210001114")]
    // Twenty digits that end with no check digit: kept whole.
    [InlineData("89860061100000000830", "89860061100000000830")]
    // A letter for the number segment.
    [InlineData("898600a0112345678901", "898600A0112345678901")]
    [InlineData("898600A011234567890f", "898600A011234567890")]
    public void An_iccid_loses_padding_and_check_digit(string text, string expected) =>
        Assert.Equal(expected, ReadOk(EntityKind.Iccid, text));

    [Theory]
    [InlineData(EntityKind.Iccid, "88658808121000111", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Iccid, "79658808121000111468", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Iccid, "8901A60812100011146", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Iccid, "89860G61100000000831", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Iccid, "8986 0061 1000 00000", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Iccid, "898600611000000008311", NormaliseStatus.TooLong)]
    [InlineData(EntityKind.Iccid, "89014103211118510720", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Iccid, "8901410321111851072F", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Iccid, "890141032111185107", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Iccid, "89860318640220133897", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Iccid, "8986031864022013389F", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Iccid, "00000000000000000000", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Imsi, "31026012345678", NormaliseStatus.Ok)]
    [InlineData(EntityKind.Imsi, "460001357924680", NormaliseStatus.Ok)]
    [InlineData(EntityKind.Imsi, "901700000012345", NormaliseStatus.Ok)]
    [InlineData(EntityKind.Imsi, "4600013579246", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Imsi, "46000135792468a", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Imsi, "160001357924680", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Imsi, "860001357924680", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Imsi, "4600013579246801", NormaliseStatus.TooLong)]
    [InlineData(EntityKind.Imsi, "310260000000000", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Imsi, "311740123456789", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Imsi, "460110031689666", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Imsi, "460000000000000", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Imsi, "000000000000000", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Imsi, "001010123456789", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Imsi, "999700123456789", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.SimSerial, "ab12", NormaliseStatus.Ok)]
    [InlineData(EntityKind.SimSerial, "ab1", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.SimSerial, "ab-12", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.SimSerial, "123456789012345678901234567890123", NormaliseStatus.TooLong)]
    [InlineData(EntityKind.SimSerial, "89014103211118510720", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.SimSerial, "0000000000", NormaliseStatus.NullValue)]
    public void A_card_number_is_judged_by_its_standard(EntityKind kind, string text, object expected) =>
        Assert.Equal((NormaliseStatus)expected, Status(kind, text));

    [Fact]
    public void A_card_number_is_the_same_with_and_without_check_digit_and_padding() =>
        Gen.Select(Gen.Char["0123456789"].Array[16], Gen.Bool).Sample((digits, twenty) =>
        {
            var body = "89" + new string(digits) + (twenty ? "5" : string.Empty);
            var whole = body + CheckDigit(body, 10);
            foreach (var kind in (EntityKind[])[EntityKind.Iccid, EntityKind.SimSerial])
            {
                var expected = Read(kind, body);
                Assert.Equal(expected, Read(kind, whole));
                Assert.Equal(expected, Read(kind, whole.PadRight(20, 'F')));
                Assert.Equal(expected, Read(kind, body.PadRight(20, 'f')));
            }
        });

    [Fact]
    public void Two_cards_never_get_one_normal_form() =>
        Gen.Select(Gen.Char["0123456789"].Array[14], Gen.Int[19, 20]).Sample((digits, length) =>
        {
            var start = "8986" + new string(digits);
            var forms = new HashSet<string>(StringComparer.Ordinal);
            var cards = length == 19 ? 10 : 100;
            for (var card = 0; card < cards; card++)
            {
                forms.Add(ReadOk(EntityKind.Iccid, start + card.ToString(length == 19 ? "0" : "00", null)));
            }

            Assert.Equal(cards, forms.Count);
        });
}
