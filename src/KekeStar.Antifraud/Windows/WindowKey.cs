using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// The binary store key of an entity's window log: 'w', key epoch, entity kind, pseudonym; 19 bytes.
/// </summary>
public static class WindowKey
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 3 + Pseudonym.Length;

    /// <summary>First byte of every window log's key.</summary>
    public const byte Prefix = (byte)'w';

    /// <summary>Writes the key to at least <see cref="Length"/> bytes.</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="epoch">Number of the key epoch that made the pseudonym.</param>
    /// <param name="kind">What the pseudonym stands for.</param>
    /// <param name="pseudonym">The entity.</param>
    public static void Write(Span<byte> destination, byte epoch, EntityKind kind, Pseudonym pseudonym)
    {
        destination[0] = Prefix;
        destination[1] = epoch;
        destination[2] = (byte)kind;
        pseudonym.Write(destination[3..]);
    }
}
