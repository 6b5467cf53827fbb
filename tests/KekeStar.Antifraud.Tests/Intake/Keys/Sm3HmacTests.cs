using System.Text;
using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace KekeStar.Antifraud.Tests.Intake.Keys;

public sealed class Sm3HmacTests
{
    private static readonly byte[] Master = [.. Enumerable.Range(0, 32).Select(number => (byte)(number * 7))];

    /// <summary>GB/T 32905-2016, appendix A: A.1 and A.2.</summary>
    [Theory]
    [InlineData("abc", 1, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")]
    [InlineData("abcd", 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")]
    public void The_librarys_sm3_is_that_of_the_standard(string text, int times, string expected)
    {
        var digest = new SM3Digest();
        digest.BlockUpdate(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times))));
        var hash = new byte[32];
        digest.DoFinal(hash);
        Assert.Equal(expected, Convert.ToHexStringLower(hash));
    }

    /// <summary>GM/T 0042-2015, appendix D.3, the first two, as OpenSSL's test/recipes/30-test_evp_data/evpmac_sm3.txt gives them.</summary>
    [Theory]
    [InlineData(
        "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
        "6162636462636465636465666465666765666768666768696768696a68696a6b696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f6d6e6f706e6f7071",
        2,
        "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a")]
    [InlineData(
        "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425",
        "cd",
        50,
        "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae")]
    public void The_hmac_is_that_of_the_standard(string key, string text, int times, string expected)
    {
        var message = Enumerable.Repeat(Convert.FromHexString(text), times).SelectMany(bytes => bytes).ToArray();
        Assert.Equal(expected, Convert.ToHexStringLower(Compute(Convert.FromHexString(key), message, split: 7)));
    }

    [Fact]
    public void The_hmac_is_the_librarys_for_any_key_text_and_split() =>
        Gen.Select(Gen.Byte.Array[0, 64], Gen.Byte.Array[0, 300], Gen.Int[0, 300]).Sample((key, text, split) =>
            Assert.Equal(LibraryHmac(key, text), Compute(key, text, Math.Min(split, text.Length))));

    [Fact]
    public void Each_kinds_key_is_hkdf_sm3_of_the_master_key_with_the_kind_in_its_info()
    {
        using var epoch = new KeyEpoch(7, Master, KeyAlgorithm.HmacSm3);
        Assert.Equal(KeyAlgorithm.HmacSm3, epoch.Algorithm);
        for (var kind = 0; kind <= byte.MaxValue; kind++)
        {
            var hkdf = new HkdfBytesGenerator(new SM3Digest());
            hkdf.Init(new HkdfParameters(Master, salt: null, [.. "kekestar-antifraud/v1/pseudonym/"u8, (byte)kind]));
            var expected = new byte[32];
            hkdf.GenerateBytes(expected);
            Assert.Equal(expected, epoch.Key((byte)kind));
        }
    }

    [Fact]
    public void A_pseudonym_is_the_first_16_bytes_of_the_hmac_of_kind_and_value()
    {
        using var epoch = new KeyEpoch(7, Master, KeyAlgorithm.HmacSm3);
        Gen.Select(Gen.Byte, Gen.Byte.Array[0, 200]).Sample((kind, value) =>
        {
            var actual = new byte[Pseudonym.Length];
            epoch.Pseudonymise((EntityKind)kind, value).Write(actual);
            Assert.Equal(LibraryHmac(epoch.Key(kind), [kind, .. value])[..Pseudonym.Length], actual);
        });
    }

    [Fact]
    public void The_two_algorithms_give_different_pseudonyms_of_one_master_key()
    {
        using var sm3 = new KeyEpoch(1, Master, KeyAlgorithm.HmacSm3);
        using var sha256 = new KeyEpoch(1, Master);
        Assert.NotEqual(sha256.Pseudonymise(EntityKind.Imei, "1"u8), sm3.Pseudonymise(EntityKind.Imei, "1"u8));
        Assert.False(sm3.MakesTheSameAs(sha256));
    }

    private static byte[] Compute(byte[] key, byte[] text, int split)
    {
        var digest = new byte[32];
        new Sm3Hmac(key).Compute(new SM3Digest(), text.AsSpan(0, split), text.AsSpan(split), digest);
        return digest;
    }

    private static byte[] LibraryHmac(byte[] key, byte[] text)
    {
        var hmac = new HMac(new SM3Digest());
        hmac.Init(new KeyParameter(key));
        hmac.BlockUpdate(text);
        var digest = new byte[32];
        hmac.DoFinal(digest);
        return digest;
    }
}
