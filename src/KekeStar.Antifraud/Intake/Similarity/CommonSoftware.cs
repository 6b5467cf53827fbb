using System.Numerics;
using System.Text;

namespace KekeStar.Antifraud.Intake.Similarity;

/// <summary>
/// Names of software that so many phones carry that having it in common says nothing: parts of the system, what makers put on
/// their phones, the commonest apps. Immutable, shared by all threads.
/// </summary>
internal sealed class CommonSoftware
{
    /// <summary>Name of the resource that ships with this library.</summary>
    internal const string ResourceName = "common-software.txt";

    private const int EmptySlot = -1;

    private readonly byte[][] _names;
    private readonly int[] _slots;
    private readonly int _shift;

    /// <summary>Makes a table.</summary>
    /// <param name="names">Names in ASCII; one that ends with a dot after one or two parts stands for all that begin so.</param>
    internal CommonSoftware(IReadOnlyList<string> names)
    {
        _names = [.. names.Select(Encoding.ASCII.GetBytes)];

        // A quarter full at most, as the table of risk tools.
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(names.Count, 1) * 4);
        _shift = 64 - BitOperations.Log2(size);
        _slots = new int[size];
        Array.Fill(_slots, EmptySlot);
        for (var index = 0; index < _names.Length; index++)
        {
            var slot = FirstSlot(_names[index]);
            while (_slots[slot] != EmptySlot)
            {
                slot = NextSlot(slot);
            }

            _slots[slot] = index;
        }
    }

    /// <summary>The table that ships with this library.</summary>
    internal static CommonSoftware Shipped { get; } = new(ReadShipped());

    /// <summary>Reads a table: one name a line; empty lines and those that begin with # are left out.</summary>
    /// <exception cref="InvalidDataException">A line is no name, or stands twice; the message names the line.</exception>
    internal static List<string> Read(TextReader reader)
    {
        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.Length > IntakeLimits.MaxListEntryBytes || !Ascii.IsValid(line) || line.Contains(' ', StringComparison.Ordinal))
            {
                throw new InvalidDataException($"Line {number}: a name is 1 to {IntakeLimits.MaxListEntryBytes} ASCII characters.");
            }

            if (line[^1] == '.' && line.Count(static letter => letter == '.') > 2)
            {
                throw new InvalidDataException($"Line {number}: a beginning has one or two parts.");
            }

            if (!known.Add(line))
            {
                throw new InvalidDataException($"Line {number}: {line} is listed twice.");
            }

            names.Add(line);
        }

        return names;
    }

    /// <summary>
    /// True if the name says nothing: it stands in the table, or its first part or its first two do, or it has no dot, as every name
    /// of a package or bundle has (Android, HarmonyOS), so that "unknown" is no software.
    /// </summary>
    /// <param name="name">The name, 1 byte or more.</param>
    internal bool Ignores(ReadOnlySpan<byte> name)
    {
        var first = name.IndexOf((byte)'.') + 1;
        var second = name[first..].IndexOf((byte)'.') + 1;
        return first == 0
            || Contains(name[..first])
            || (second > 0 && Contains(name[..(first + second)]))
            || Contains(name);
    }

    private static List<string> ReadShipped()
    {
        using var stream = typeof(CommonSoftware).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidDataException($"The resource {ResourceName} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Read(reader);
    }

    private bool Contains(ReadOnlySpan<byte> name)
    {
        for (var slot = FirstSlot(name); _slots[slot] != EmptySlot; slot = NextSlot(slot))
        {
            if (name.SequenceEqual(_names[_slots[slot]]))
            {
                return true;
            }
        }

        return false;
    }

    private int FirstSlot(ReadOnlySpan<byte> name) => (int)(NameHash.Compute(name) >> _shift);

    private int NextSlot(int slot) => (slot + 1) & (_slots.Length - 1);
}
