using System.Security.Cryptography;
using System.Text;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Tests.Intake.Keys;

public class KeyEpochTests
{
    private static readonly byte[] Master = [.. Enumerable.Range(0, 32).Select(number => (byte)(number * 7))];

    [Theory]
    [InlineData("000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9", "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")]
    [InlineData("", "", "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")]
    public void The_tests_own_hkdf_is_that_of_rfc_5869_appendix_a(string salt, string info, string expected)
    {
        var key = Hkdf(Enumerable.Repeat((byte)0x0B, 22).ToArray(), Convert.FromHexString(salt), Convert.FromHexString(info), 42);
        Assert.Equal(expected, Convert.ToHexStringLower(key));
    }

    [Fact]
    public void Each_kinds_key_is_hkdf_sha256_of_the_master_key_with_the_kind_in_its_info()
    {
        var epoch = new KeyEpoch(7, Master);
        Assert.Equal(7, epoch.Number);
        for (var kind = 0; kind <= byte.MaxValue; kind++)
        {
            byte[] info = [.. Encoding.ASCII.GetBytes("kekestar-antifraud/v1/pseudonym/"), (byte)kind];
            Assert.Equal(Hkdf(Master, [], info, 32), epoch.Key((byte)kind));
        }
    }

    [Fact]
    public void The_keys_of_256_kinds_are_256_different_keys_and_none_is_the_master_key()
    {
        var epoch = new KeyEpoch(1, Master);
        var keys = Enumerable.Range(0, 256).Select(kind => Convert.ToHexString(epoch.Key((byte)kind))).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(256, keys.Count);
        Assert.DoesNotContain(Convert.ToHexString(Master), keys);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_master_key_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => new KeyEpoch(1, new byte[length]));

    // Extract and expand as RFC 5869 clauses 2.2 and 2.3 write them.
    private static byte[] Hkdf(byte[] input, byte[] salt, byte[] info, int length)
    {
        var pseudorandom = HMACSHA256.HashData(salt.Length == 0 ? new byte[32] : salt, input);
        List<byte> output = [];
        byte[] block = [];
        for (byte counter = 1; output.Count < length; counter++)
        {
            byte[] text = [.. block, .. info, counter];
            block = HMACSHA256.HashData(pseudorandom, text);
            output.AddRange(block);
        }

        return [.. output.Take(length)];
    }
}
