using System.Buffers.Binary;
using CsCheck;
using KekeStar.Antifraud.Intake.Similarity;
using Org.BouncyCastle.Crypto.Parameters;

namespace KekeStar.Antifraud.Tests.Intake.Similarity;

public sealed class SipHashTests
{
    private static readonly byte[] Counting = [.. Enumerable.Range(0, 64).Select(static number => (byte)number)];

    // Of the paper (appendix A: 15 bytes) and of vectors.h of the reference implementation.
    [Theory]
    [InlineData(0, "310e0edd47db6f72")]
    [InlineData(1, "fd67dc93c539f874")]
    [InlineData(15, "e545be4961ca29a1")]
    public void It_gives_the_published_values(int length, string expected)
    {
        var actual = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(actual, SipHash.Compute(Counting.AsSpan(0, 16), Counting.AsSpan(0, length)));
        Assert.Equal(expected, Convert.ToHexStringLower(actual));
    }

    [Fact]
    public void It_agrees_with_another_implementation_on_any_key_and_text() =>
        Gen.Select(Gen.Byte.Array[SipHash.KeyLength], Gen.Byte.Array[0, 130]).Sample(static (key, text) =>
        {
            var other = new Org.BouncyCastle.Crypto.Macs.SipHash();
            other.Init(new KeyParameter(key));
            other.BlockUpdate(text, 0, text.Length);
            Assert.Equal((ulong)other.DoFinal(), SipHash.Compute(key, text));
        });
}
