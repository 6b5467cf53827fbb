using System.Security.Cryptography;
using System.Text;
using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Tests.Intake.Keys;

public sealed class KeyEpochPseudonymTests
{
    private static readonly KeyEpoch Epoch = new(1, [.. Enumerable.Range(0, 32).Select(number => (byte)(number * 7))]);

    [Fact]
    public void A_pseudonym_is_the_first_16_bytes_of_the_hmac_of_kind_and_value() =>
        Gen.Select(Gen.Byte, Gen.Byte.Array[0, 200]).Sample((kind, value) =>
        {
            var expected = Hmac(Epoch.Key(kind), [kind, .. value])[..Pseudonym.Length];
            var actual = new byte[Pseudonym.Length];
            Epoch.Pseudonymise((EntityKind)kind, value).Write(actual);
            Assert.Equal(expected, actual);
        });

    [Fact]
    public void The_tests_own_hmac_is_that_of_rfc_4231_test_case_2() =>
        Assert.Equal(
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            Convert.ToHexStringLower(Hmac(Encoding.ASCII.GetBytes("Jefe"), Encoding.ASCII.GetBytes("what do ya want for nothing?"))));

    [Fact]
    public void The_same_text_under_two_kinds_gives_two_pseudonyms()
    {
        var pseudonyms = Enum.GetValues<EntityKind>().Select(kind => Epoch.Pseudonymise(kind, "490154203237518"u8)).ToHashSet();
        Assert.Equal(Enum.GetValues<EntityKind>().Length, pseudonyms.Count);
    }

    [Fact]
    public void Another_master_key_gives_other_pseudonyms_and_the_same_one_the_same()
    {
        using var same = new KeyEpoch(9, [.. Enumerable.Range(0, 32).Select(number => (byte)(number * 7))]);
        using var other = new KeyEpoch(1, new byte[32]);
        var expected = Epoch.Pseudonymise(EntityKind.Imei, "1"u8);
        Assert.Equal(expected, same.Pseudonymise(EntityKind.Imei, "1"u8));
        Assert.NotEqual(expected, other.Pseudonymise(EntityKind.Imei, "1"u8));
        Assert.Equal(9, same.Number);
    }

    [Fact]
    public void Many_threads_get_the_pseudonyms_that_one_thread_gets()
    {
        const int Values = 500;
        var expected = Enumerable.Range(0, Values).Select(Compute).ToArray();
        Parallel.For(0, 8 * Values, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Assert.Equal(expected[i % Values], Compute(i % Values)));
    }

    [Fact]
    public void Writing_and_reading_a_pseudonym_gives_it_back() =>
        Gen.Select(Gen.ULong, Gen.ULong).Sample((high, low) =>
        {
            var bytes = new byte[Pseudonym.Length];
            new Pseudonym(high, low).Write(bytes);
            Assert.Equal(new Pseudonym(high, low), Pseudonym.Read(bytes));
            Assert.Equal(high == 0 && low == 0, Pseudonym.Read(bytes).IsNone);
        });

    private Pseudonym Compute(int value) => Epoch.Pseudonymise((EntityKind)(1 + (value % 20)), BitConverter.GetBytes(value));

    // By the definition of RFC 2104: H(key ^ opad ‖ H(key ^ ipad ‖ text)).
    private static byte[] Hmac(byte[] key, byte[] text)
    {
        const int BlockLength = 64;
        var block = new byte[BlockLength];
        key.CopyTo(block, 0);
        var inner = SHA256.HashData((byte[])[.. block.Select(value => (byte)(value ^ 0x36)), .. text]);
        return SHA256.HashData((byte[])[.. block.Select(value => (byte)(value ^ 0x5C)), .. inner]);
    }
}
