using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Identifiers;
using static KekeStar.Antifraud.Tests.Intake.Identifiers.IdentifierReader;

namespace KekeStar.Antifraud.Tests.Intake.Identifiers;

/// <summary>ANDROID_ID, OAID, UUIDs, OpenUDID, serial numbers, opaque ids.</summary>
public class SoftwareIdentityTests
{
    private const string Uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"; // RFC 4122 clause 3.
    private const string PlainUuid = "f81d4fae7dec11d0a76500a0c91e6bf6";

    [Theory]
    [InlineData(EntityKind.AndroidId, "9774D56D682E549D", "9774d56d682e549d")]
    [InlineData(EntityKind.AndroidId, "774d56d682e549c", "0774d56d682e549c")]
    [InlineData(EntityKind.AndroidId, " a1 ", "00000000000000a1")]
    [InlineData(EntityKind.Oaid, Uuid, PlainUuid)]
    [InlineData(EntityKind.Oaid, PlainUuid, PlainUuid)]
    [InlineData(EntityKind.Oaid, "1F2E3D4C5B6A7988", "1f2e3d4c5b6a7988")]
    [InlineData(
        EntityKind.Oaid,
        "9F2E3D4C5B6A79889F2E3D4C5B6A79889F2E3D4C5B6A79889F2E3D4C5B6A7980",
        "9f2e3d4c5b6a79889f2e3d4c5b6a79889f2e3d4c5b6a79889f2e3d4c5b6a7980")]
    [InlineData(EntityKind.Idfa, "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", PlainUuid)]
    [InlineData(EntityKind.Idfv, "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}", PlainUuid)]
    [InlineData(EntityKind.Guid, "{f81d4fae7dec11d0a76500a0c91e6bf6}", PlainUuid)]
    [InlineData(EntityKind.OpenUdid, "0D943976B24C85900C764DD9F75CE054DBC5986F", "0d943976b24c85900c764dd9f75ce054dbc5986f")]
    [InlineData(EntityKind.Serial, "r58m42abcde", "R58M42ABCDE")]
    [InlineData(EntityKind.Serial, "A-b_c.9", "A-B_C.9")]
    public void An_accepted_form_is_brought_to_the_normal_form(EntityKind kind, string text, string expected) =>
        Assert.Equal(expected, ReadOk(kind, text));

    [Theory]
    [InlineData(EntityKind.AndroidId, "9774d56d682e549g", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.AndroidId, "9774d56d 682e549", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.AndroidId, "9774d56d682e549c0", NormaliseStatus.TooLong)]
    [InlineData(EntityKind.AndroidId, "9774d56d682e549c", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.AndroidId, "9774D56D682E549C", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.AndroidId, "a5f5faddde9e9f02", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.AndroidId, "e21833235b6eef10", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.AndroidId, "0000000000000000", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.AndroidId, "000", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.AndroidId, "dead00beef", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.AndroidId, "android", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Oaid, "1f2e3d4c5b6a798", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Oaid, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6-00a0c91e6bf6", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Oaid, "9f2e3d4c5b6a79889f2e3d4c5b6a79889f2e3d4c5b6a79889f2e3d4c5b6a79801", NormaliseStatus.TooLong)]
    [InlineData(EntityKind.Oaid, "00000000-0000-0000-0000-000000000000", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Oaid, "0000000000000000", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Idfa, "00000000-0000-0000-0000-000000000000", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Idfa, "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Idfa, "f81d4fae-7dec-11d0-a765-00a0c91e6bf", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Idfa, "f81d4fae_7dec_11d0_a765_00a0c91e6bf6", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Idfa, "f81d4fae7-dec-11d0-a765-00a0c91e6bf6", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Idfa, "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Idfa, "{}", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Idfa, "{{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}}", NormaliseStatus.TooLong)]
    [InlineData(EntityKind.OpenUdid, "0d943976b24c85900c764dd9f75ce054dbc5986", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.OpenUdid, "0d943976b24c85900c764dd9f75ce054dbc5986g", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.OpenUdid, "0d943976b24c85900c764dd9f75ce054dbc5986f0", NormaliseStatus.TooLong)]
    [InlineData(EntityKind.OpenUdid, "0000000000000000000000000000000000000000", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Serial, "abc", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Serial, "ab cd", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Serial, "序列号一二", NormaliseStatus.Malformed)]
    [InlineData(EntityKind.Serial, "01234567890123456789012345678901234567890123456789012345678901234", NormaliseStatus.TooLong)]
    [InlineData(EntityKind.Serial, "0123456789ABCDEF", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Serial, "0123456789abcdef", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Serial, "UNKNOWN", NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Serial, "EMULATOR34X1X9X0", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Serial, "cuttlefishcvd011", NormaliseStatus.EmulatorDefault)]
    [InlineData(EntityKind.Serial, "00000000", NormaliseStatus.NullValue)]
    public void What_is_no_identifier_is_refused_with_the_cause(EntityKind kind, string text, object expected) =>
        Assert.Equal((NormaliseStatus)expected, Status(kind, text));

    [Theory]
    [InlineData("unknown")]
    [InlineData(" Unknown\n")]
    [InlineData("NULL")]
    [InlineData("(null)")]
    [InlineData("0")]
    [InlineData("none")]
    [InlineData("nil")]
    [InlineData("undefined")]
    [InlineData("N/A")]
    [InlineData("Not Available")]
    [InlineData("not supported")]
    [InlineData("default")]
    [InlineData("android")]
    [InlineData("")]
    [InlineData(" ")]
    public void A_word_for_none_is_a_null_value_of_every_kind(string text)
    {
        foreach (var kind in NormaliserPropertyTests.TextKinds)
        {
            Assert.Equal(NormaliseStatus.NullValue, Status(kind, text));
        }
    }

    [Fact]
    public void All_forms_of_one_uuid_are_equal() =>
        Gen.Guid.Sample(guid =>
        {
            foreach (var kind in (EntityKind[])[EntityKind.Oaid, EntityKind.Idfa, EntityKind.Idfv, EntityKind.Guid])
            {
                var expected = guid.ToString("N");
                Assert.Equal(expected, ReadOk(kind, guid.ToString("D")));
                Assert.Equal(expected, ReadOk(kind, guid.ToString("D").ToUpperInvariant()));
                Assert.Equal(expected, ReadOk(kind, guid.ToString("N")));
                Assert.Equal(expected, ReadOk(kind, guid.ToString("B")));
            }
        });

    [Fact]
    public void An_android_id_without_its_leading_zeros_is_the_same() =>
        Gen.ULong[1, ulong.MaxValue].Sample(number =>
        {
            var expected = Read(EntityKind.AndroidId, $"{number:x16}");
            Assert.Equal(expected, Read(EntityKind.AndroidId, $"{number:x}"));
            Assert.Equal(expected, Read(EntityKind.AndroidId, $"{number:X}"));
        });

    [Theory]
    [InlineData(EntityKind.Account, 0, NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Account, 1, NormaliseStatus.Ok)]
    [InlineData(EntityKind.Account, 128, NormaliseStatus.Ok)]
    [InlineData(EntityKind.Account, 129, NormaliseStatus.TooLong)]
    [InlineData(EntityKind.Event, 0, NormaliseStatus.NullValue)]
    [InlineData(EntityKind.Event, 64, NormaliseStatus.Ok)]
    [InlineData(EntityKind.Event, 65, NormaliseStatus.TooLong)]
    public void An_opaque_id_is_only_measured(EntityKind kind, int length, object expected)
    {
        var (status, normalised) = Read(kind, new string(' ', length));
        Assert.Equal((NormaliseStatus)expected, status);
        Assert.Empty(normalised);
    }

    [Fact]
    public void An_account_may_be_called_null() => Assert.Equal(NormaliseStatus.Ok, Status(EntityKind.Account, "null"));

    [Theory]
    [InlineData(EntityKind.None)]
    [InlineData(EntityKind.Device)]
    [InlineData(EntityKind.Ip)]
    [InlineData(EntityKind.IpPrefix)]
    [InlineData(EntityKind.Cohort)]
    [InlineData((EntityKind)200)]
    public void A_kind_that_is_no_text_of_a_device_is_refused(EntityKind kind) =>
        Assert.Equal(NormaliseStatus.Malformed, Status(kind, "1234567890abcdef"));
}
