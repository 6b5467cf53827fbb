using System.Text;
using KekeStar.Antifraud.Intake.Consistency;
using static KekeStar.Antifraud.Intake.Consistency.Soundness;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

public sealed class EquipmentStructureTests
{
    // 490154203237518: the example of 3GPP TS 23.003 annex B.
    [Theory]
    [InlineData("490154203237518", (int)Sound)]
    [InlineData("49-015420-323751-8", (int)Sound)]
    [InlineData("490154203237517", (int)Broken)]
    [InlineData(" 490154203237511 ", (int)Broken)]
    [InlineData("490154203237510", (int)Unknown)]
    [InlineData("49015420323751", (int)Unknown)]
    [InlineData("4901542032375101", (int)Unknown)]
    [InlineData("49015420323751x", (int)Unknown)]
    [InlineData("", (int)Unknown)]
    public void An_IMEI_of_fifteen_digits_has_a_check_digit_unless_it_is_the_spare_zero(string imei, int expected)
    {
        Assert.Equal((Soundness)expected, EquipmentStructure.ImeiCheckDigit(Encoding.UTF8.GetBytes(imei)));
    }

    [Theory]
    [InlineData("35209900176148", (int)Sound)]
    [InlineData("86780103012345", (int)Sound)]
    [InlineData("01349900123456", (int)Sound)]
    [InlineData("00349900123456", (int)Broken)]
    [InlineData("12345678901235", (int)Broken)]
    [InlineData("77123456789012", (int)Broken)]
    public void An_IMEI_begins_with_a_reporting_body_of_the_GSMA(string imei, int expected)
    {
        Assert.Equal((Soundness)expected, EquipmentStructure.ReportingBody(Encoding.ASCII.GetBytes(imei)));
    }

    // AF0123450ABCDE, C: the example of 3GPP2 S.R0048-A.
    [Theory]
    [InlineData("AF0123450ABCDEC", (int)Sound)]
    [InlineData("AF0123450ABCDE1", (int)Broken)]
    [InlineData("AF0123450ABCDE", (int)Unknown)]
    [InlineData("293608736500703710", (int)Unknown)]
    public void A_MEID_of_fifteen_digits_has_a_check_digit(string meid, int expected)
    {
        Assert.Equal((Soundness)expected, EquipmentStructure.MeidCheckDigit(Encoding.ASCII.GetBytes(meid)));
    }

    [Theory]
    [InlineData("AF0123450ABCDE", (int)Sound)]
    [InlineData("A0000012345678", (int)Sound)]
    [InlineData("99000012345678", (int)Sound)]
    [InlineData("990000123456AB", (int)Broken)]
    [InlineData("1A000012345678", (int)Broken)]
    public void A_MEID_with_letters_begins_with_A0_or_more(string meid, int expected)
    {
        Assert.Equal((Soundness)expected, EquipmentStructure.RegionalCode(Encoding.ASCII.GetBytes(meid)));
    }
}
