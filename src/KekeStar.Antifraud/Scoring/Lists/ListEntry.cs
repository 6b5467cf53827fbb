using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring.Lists;

/// <summary>
/// One line of the lists' journal: an entity was put on a list until a time, or taken off. 32 bytes, fixed.
/// </summary>
/// <remarks>
/// Layout, little endian: key epoch (1 byte), entity kind (1), list (1; 0: taken off), zero (5), expiry (8, Unix
/// milliseconds), pseudonym (16).
/// </remarks>
/// <param name="Epoch">Number of the key epoch that made the pseudonym.</param>
/// <param name="Kind">What the pseudonym stands for.</param>
/// <param name="Pseudonym">The entity.</param>
/// <param name="List">The list; Unspecified: none any more.</param>
/// <param name="ExpiresMilliseconds">When the entry ends, Unix milliseconds; it holds before that time.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ListEntry(byte Epoch, EntityKind Kind, Pseudonym Pseudonym, ListKind List, long ExpiresMilliseconds)
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    /// <summary>Writes the entry to at least 32 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, Epoch | ((ulong)Kind << 8) | ((ulong)(byte)List << 16));
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], ExpiresMilliseconds);
        Pseudonym.Write(destination[16..]);
    }

    /// <summary>The entry as a line of its own.</summary>
    public byte[] ToLine()
    {
        var line = new byte[Length];
        Write(line);
        return line;
    }

    /// <summary>Reads an entry from at least 32 bytes.</summary>
    public static ListEntry Read(ReadOnlySpan<byte> source) => new(
        source[0],
        (EntityKind)source[1],
        Pseudonym.Read(source[16..]),
        (ListKind)source[2],
        BinaryPrimitives.ReadInt64LittleEndian(source[8..]));
}
