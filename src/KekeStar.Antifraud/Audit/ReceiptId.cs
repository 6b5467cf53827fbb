using System.Buffers.Binary;
using System.Security.Cryptography;

namespace KekeStar.Antifraud.Audit;

/// <summary>
/// Handles of receipts: 128 random bits as 26 characters of Crockford's base 32, which has no letters that look like
/// digits and can be read out over the telephone (https://www.crockford.com/base32.html). Without a time in it, a
/// handle tells nothing about the call.
/// </summary>
internal static class ReceiptId
{
    /// <summary>Characters of a handle: 128 bits of 5 each, the first with 3.</summary>
    public const int Length = 26;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Makes a handle that no other line has.</summary>
    public static string New()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return Encode(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>True for a handle as <see cref="New"/> makes them.</summary>
    public static bool IsValid(string text)
    {
        if (text.Length != Length || text[0] is < '0' or > '7')
        {
            return false;
        }

        foreach (var character in text)
        {
            if (!Alphabet.Contains(character, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes 128 bits, highest first.</summary>
    internal static string Encode(UInt128 bits) => string.Create(Length, bits, static (text, bits) =>
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(bits & 31)];
            bits >>= 5;
        }
    });
}
