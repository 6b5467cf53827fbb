using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Identifiers;
using static KekeStar.Antifraud.Tests.Intake.Identifiers.IdentifierReader;

namespace KekeStar.Antifraud.Tests.Intake.Identifiers;

/// <summary>IMEI and MEID.</summary>
public class EquipmentIdentityTests
{
    [Theory]
    // Values of validator.js, isIMEI.
    [InlineData("352099001761481", "35209900176148")]
    [InlineData("868932036356090", "86893203635609")]
    [InlineData("490154203237518", "49015420323751")]
    [InlineData("546918475942169", "54691847594216")]
    [InlineData("998227667144730", "99822766714473")]
    [InlineData("532729766805999", "53272976680599")]
    // Values of python-stdnum, stdnum.imei: IMEI and IMEISV of one device.
    [InlineData("35686800-004141-8", "35686800004141")]
    [InlineData("35686800-004141-20", "35686800004141")]
    // The forms on labels: 3GPP TS 23.003 and GSMA TS.06.
    [InlineData("49-015420-323751-8", "49015420323751")]
    [InlineData("49 015420 323751 8", "49015420323751")]
    [InlineData("490154/20/323751/8", "49015420323751")]
    [InlineData("49015420323751", "49015420323751")]
    [InlineData(" \t490154203237518\r\n", "49015420323751")]
    // Over the air the check digit is sent as 0 (TS 23.003 clause 6.2.1).
    [InlineData("490154203237510", "49015420323751")]
    public void An_imei_is_brought_to_its_fourteen_digits(string text, string expected) =>
        Assert.Equal(expected, ReadOk(EntityKind.Imei, text));

    [Theory]
    [InlineData("490154203237517", NormaliseStatus.Malformed)] // validator.js: wrong check digit.
    [InlineData("35686800-004141-7", NormaliseStatus.Malformed)] // python-stdnum: wrong check digit.
    [InlineData("3568680000414120456", NormaliseStatus.Malformed)]
    [InlineData("4901542032375", NormaliseStatus.Malformed)]
    [InlineData("49015420323751A", NormaliseStatus.Malformed)]
    [InlineData("49015420323751:8", NormaliseStatus.Malformed)]
    [InlineData("-490154203237518", NormaliseStatus.Malformed)]
    [InlineData("490154203237518-", NormaliseStatus.Malformed)]
    [InlineData("４９０１５４２０３２３７５１", NormaliseStatus.TooLong)]
    [InlineData("11111111111111111111111111111111", NormaliseStatus.TooLong)]
    [InlineData("000000000000000", NormaliseStatus.NullValue)]
    [InlineData("00000000000000", NormaliseStatus.NullValue)]
    [InlineData("0000000000000000", NormaliseStatus.NullValue)]
    [InlineData("111111111111119", NormaliseStatus.NullValue)]
    [InlineData("111111111111111", NormaliseStatus.NullValue)]
    [InlineData("004999010640000", NormaliseStatus.NullValue)]
    [InlineData("00499901-064000-0", NormaliseStatus.NullValue)]
    [InlineData("358240051111110", NormaliseStatus.EmulatorDefault)]
    [InlineData("867400022047199", NormaliseStatus.EmulatorDefault)]
    [InlineData("8674000220471901", NormaliseStatus.EmulatorDefault)]
    [InlineData("8552502717594321", NormaliseStatus.NullValue)]
    [InlineData("357932001547705", NormaliseStatus.NullValue)]
    [InlineData("123456789012345", NormaliseStatus.NullValue)]
    [InlineData("012345678912345", NormaliseStatus.NullValue)]
    [InlineData("unknown", NormaliseStatus.NullValue)]
    [InlineData("0", NormaliseStatus.NullValue)]
    public void What_is_no_imei_is_refused_with_the_cause(string text, object expected) =>
        Assert.Equal((NormaliseStatus)expected, Status(EntityKind.Imei, text));

    [Fact]
    public void All_forms_of_one_imei_are_equal() =>
        Gen.Select(Gen.Char["0123456789"].Array[14], Gen.Int[0, 99], Gen.Int[1, 13]).Sample((digits, version, at) =>
        {
            var body = new string(digits);
            var plain = Read(EntityKind.Imei, body);
            Assert.Equal(plain, Read(EntityKind.Imei, body + CheckDigit(body, 10)));
            Assert.Equal(plain, Read(EntityKind.Imei, body + "0"));
            Assert.Equal(plain, Read(EntityKind.Imei, $"{body}{version:00}"));
            Assert.Equal(plain, Read(EntityKind.Imei, $"{body[..at]}-{body[at..]}/{CheckDigit(body, 10)}"));
        });

    [Fact]
    public void Every_wrong_check_digit_except_the_spare_zero_is_refused() =>
        Gen.Select(Gen.Char["123456789"].Array[14], Gen.Char["123456789"]).Sample((digits, last) =>
        {
            var body = "35" + new string(digits)[2..];
            var expected = last == CheckDigit(body, 10) ? NormaliseStatus.Ok : NormaliseStatus.Malformed;
            Assert.Equal(expected, Status(EntityKind.Imei, body + last));
        });

    [Theory]
    // Values of python-stdnum, stdnum.meid.
    [InlineData("AF 01 23 45 0A BC DE C", "AF0123450ABCDE")]
    [InlineData("af0123450abcde", "AF0123450ABCDE")]
    [InlineData("AF0123450ABCDEC", "AF0123450ABCDE")]
    [InlineData("293608736500703710", "AF0123450ABCDE")]
    [InlineData("29360 87365 0070 3710", "AF0123450ABCDE")]
    [InlineData("29360 87365 0070 3710 0", "AF0123450ABCDE")]
    // Without a letter: the IMEI's decimal check digit.
    [InlineData("990000862471853", "99000086247185")]
    public void A_meid_is_brought_to_fourteen_hexadecimal_digits(string text, string expected) =>
        Assert.Equal(expected, ReadOk(EntityKind.Meid, text));

    [Theory]
    [InlineData("AF0123450ABCDED", NormaliseStatus.Malformed)]
    [InlineData("AF0123450ABCD", NormaliseStatus.Malformed)]
    [InlineData("AG0123450ABCDE", NormaliseStatus.Malformed)]
    [InlineData("99000086247185A", NormaliseStatus.Malformed)]
    [InlineData("429496729600000001", NormaliseStatus.Malformed)] // The first ten digits exceed FFFFFFFF.
    [InlineData("293608736516777216", NormaliseStatus.Malformed)] // The other eight exceed FFFFFF.
    [InlineData("29360873650070371A", NormaliseStatus.Malformed)]
    [InlineData("2936087365007037101", NormaliseStatus.Malformed)] // Wrong check digit of the decimal form.
    [InlineData("29360873650070371A0", NormaliseStatus.Malformed)]
    [InlineData("29360873650070371029360873650070371029", NormaliseStatus.TooLong)]
    [InlineData("0000000000000000000", NormaliseStatus.NullValue)]
    [InlineData("0123456789abcde", NormaliseStatus.NullValue)]
    [InlineData("A0000030FCB9DF", NormaliseStatus.NullValue)]
    [InlineData("00000000000000", NormaliseStatus.NullValue)]
    [InlineData("000000000000000000", NormaliseStatus.NullValue)]
    [InlineData("FFFFFFFFFFFFFF", NormaliseStatus.NullValue)]
    [InlineData("ffffffffffffff0", NormaliseStatus.NullValue)]
    public void What_is_no_meid_is_refused_with_the_cause(string text, object expected) =>
        Assert.Equal((NormaliseStatus)expected, Status(EntityKind.Meid, text));

    [Fact]
    public void All_forms_of_one_meid_are_equal() =>
        Gen.Select(Gen.UInt, Gen.UInt[0, 0xFFFFFF]).Sample((manufacturer, serial) =>
        {
            var hex = $"{manufacturer:X8}{serial:X6}";
            var check = CheckDigit(hex, hex.All(char.IsAsciiDigit) ? 10 : 16);
            var plain = Read(EntityKind.Meid, hex);
            Assert.Equal(plain, Read(EntityKind.Meid, hex + check));
            Assert.Equal(plain, Read(EntityKind.Meid, hex.ToUpperInvariant()));
            Assert.Equal(plain, Read(EntityKind.Meid, $"{manufacturer:D10}{serial:D8}"));
            Assert.Equal(plain, Read(EntityKind.Meid, $"{manufacturer:D10}{serial:D8}{CheckDigit($"{manufacturer:D10}{serial:D8}", 10)}"));
            Assert.Equal(plain, Read(EntityKind.Meid, $"{manufacturer:x8} {serial:x6}"));
        });
}
