using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake;

/// <summary>
/// A keyed pseudonym: the first 16 bytes of HMAC(key, kind ‖ normalised value), with SHA-256 or SM3. All zero: none.
/// </summary>
/// <param name="High">The first eight bytes, big endian; the 64-bit form used inside window records.</param>
/// <param name="Low">The other eight bytes, big endian.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Pseudonym(ulong High, ulong Low)
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 16;

    /// <summary>True if there is no pseudonym.</summary>
    public bool IsNone => (High | Low) == 0;

    /// <summary>Reads a pseudonym from at least 16 bytes.</summary>
    public static Pseudonym Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));

    /// <summary>Writes the pseudonym to at least 16 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }
}
