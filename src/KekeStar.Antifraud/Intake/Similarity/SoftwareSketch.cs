using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KekeStar.Antifraud.Intake.Similarity;

/// <summary>
/// A keyed MinHash of a software list (Broder, "On the resemblance and containment of documents", 1997), made name by name:
/// two lists of resemblance J (names of both ÷ names of either) have equal minima in one permutation with probability J, and
/// in a band of <see cref="Rows"/> with J^4; in at least one of the two bands with 1 − (1 − J^4)². Docs/cohorts.md has
/// what was measured.
/// </summary>
/// <remarks>
/// <para>
/// Order and repetition do not matter. Names that nearly everybody has say nothing and are left out
/// (<see cref="CommonSoftware"/>); so is what the list's reader rejects: an empty name, one that is too long or no UTF-8, and those
/// past the 512th. Names are compared as they are, letter for letter.
/// </para>
/// <para>
/// Each name is hashed with a key of the epoch, so that nobody outside can tell which of an app's names will be the minimum;
/// the minima never leave the parser but inside a pseudonym.
/// </para>
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal struct SoftwareSketch
{
    /// <summary>Bands: each gives one pseudonym, and one that is equal makes two lists alike.</summary>
    public const int Bands = EntitySlot.SimilarCount;

    /// <summary>
    /// Minima of one band: 4. With 3, lists of one company or one campus (J about 0.2) would fall together once in 60 pairs; with 6, two
    /// lists of one image with a few apps more or less (J 0.9) would miss each other once in 5.
    /// </summary>
    public const int Rows = 4;

    /// <summary>Fewest different uncommon names that make a sketch: 8. The few that a new phone has are its maker's choice.</summary>
    public const int MinNames = 8;

    /// <summary>Length of a band in bytes.</summary>
    public const int BandLength = Rows * sizeof(uint);

    // One lane for each permutation.
    private Vector256<uint> _minima;
    private SeenNames _seen;
    private int _seenCount;

    // Different beginnings of one and the same mixing: the finaliser of MurmurHash3 (Appleby, public domain) of 1 … 8.
    private static Vector256<uint> Seeds => Vector256.Create(
        0x514E_28B7u, 0x30F4_C306u, 0x85F0_B427u, 0x249C_B285u, 0xCC0D_53CDu, 0x5CEB_4D08u, 0x18C9_AEC4u, 0x4939_650Bu);

    /// <summary>True if enough different names were seen.</summary>
    public readonly bool IsComplete => _seenCount == MinNames;

    /// <summary>Takes a name.</summary>
    /// <param name="key">Key of the epoch, <see cref="SipHash.KeyLength"/> bytes.</param>
    /// <param name="name">The name; an uncommon one.</param>
    public void Fold(ReadOnlySpan<byte> key, ReadOnlySpan<byte> name)
    {
        var hash = SipHash.Compute(key, name);
        var lanes = Permute(hash);
        _minima = _seenCount == 0 ? lanes : Vector256.Min(_minima, lanes);
        if (_seenCount < MinNames && !((ReadOnlySpan<ulong>)_seen)[.._seenCount].Contains(hash))
        {
            _seen[_seenCount++] = hash;
        }
    }

    /// <summary>Writes the minima of a band, <see cref="BandLength"/> bytes.</summary>
    public readonly void WriteBand(int band, Span<byte> destination)
    {
        for (var row = 0; row < Rows; row++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(row * sizeof(uint))..], _minima.GetElement((band * Rows) + row));
        }
    }

    // Eight functions of one hash that are as good as independent: each is a permutation of the low half, moved by the high half.
    private static Vector256<uint> Permute(ulong hash)
    {
        var mixed = Vector256.Create((uint)hash) ^ Seeds;
        mixed ^= mixed >>> 16;
        mixed *= 0x85EB_CA6Bu;
        mixed += Vector256.Create((uint)(hash >> 32));
        mixed ^= mixed >>> 13;
        mixed *= 0xC2B2_AE35u;
        return mixed ^ (mixed >>> 16);
    }

    [InlineArray(MinNames)]
    private struct SeenNames
    {
        private ulong _first;
    }
}
