using System.Buffers.Binary;

namespace KekeStar.Antifraud.Intake;

/// <summary>
/// The hash by which tables of software names are looked up: of eight bytes of either end and the length, which tell the names apart
/// at a quarter of the cost of reading them byte by byte.
/// </summary>
/// <remarks>The tables are fixed, so nobody can fill a place from outside; a name crafted to land in a long run costs a few comparisons.</remarks>
internal static class NameHash
{
    // Odd numbers whose high bits depend on all bits of what is multiplied: the golden ratio and the square root of 2.
    private const ulong FirstFactor = 0x9E37_79B9_7F4A_7C15;
    private const ulong LastFactor = 0x6A09_E667_F3BC_C909;

    private const ulong CaseBits = 0x2020_2020_2020_2020;

    /// <summary>Hashes a name, letter for letter.</summary>
    /// <param name="name">The name, 1 byte or more.</param>
    /// <returns>The hash; its high bits are the good ones.</returns>
    internal static ulong Compute(ReadOnlySpan<byte> name) => Compute(name, caseBits: 0);

    /// <summary>Hashes a name so that both cases of an ASCII letter give the same; a few marks fall together as well.</summary>
    /// <param name="name">The name, 1 byte or more.</param>
    /// <returns>The hash; its high bits are the good ones.</returns>
    internal static ulong ComputeIgnoringCase(ReadOnlySpan<byte> name) => Compute(name, CaseBits);

    private static ulong Compute(ReadOnlySpan<byte> name, ulong caseBits)
    {
        ulong first, last;
        if (name.Length >= sizeof(ulong))
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(name);
            last = BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]);
        }
        else if (name.Length >= sizeof(uint))
        {
            first = BinaryPrimitives.ReadUInt32LittleEndian(name);
            last = BinaryPrimitives.ReadUInt32LittleEndian(name[^sizeof(uint)..]);
        }
        else
        {
            first = name[0];
            last = name[^1];
        }

        return (((first | caseBits) * FirstFactor) ^ ((last | caseBits) + (uint)name.Length)) * LastFactor;
    }
}
