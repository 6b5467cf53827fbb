using System.Numerics;
using System.Text;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Intake.RiskTools;

/// <summary>
/// Looks up names of software and processes among the known risk tools, straight from the request's bytes: no string
/// is made and nothing is kept of a name. Immutable, shared by all threads.
/// </summary>
internal sealed class RiskToolTable
{
    /// <summary>Longest name that is looked at, in bytes, as the contract says.</summary>
    internal const int MaxNameLength = 128;

    private const int EmptySlot = -1;

    private readonly byte[][] _names;
    private readonly ulong[] _categories;
    private readonly int[] _slots;
    private readonly int _shift;

    /// <summary>Makes a table.</summary>
    /// <param name="tools">Names in lower-case ASCII and their categories.</param>
    /// <param name="date">Day of the list; the first of all days if it names none.</param>
    /// <param name="source">Where the names come from, one line.</param>
    internal RiskToolTable(IReadOnlyDictionary<string, RiskToolCategory> tools, DateOnly date = default, string source = "")
    {
        Header = new TableHeader(TableKind.RiskTools, date, tools.Count, source, "that of this project; the names are facts");
        _names = new byte[tools.Count][];
        _categories = new ulong[tools.Count];

        // A quarter full at most: a name that is not in the table, the usual case, mostly ends at an empty slot.
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(tools.Count, 1) * 4);
        _shift = 64 - BitOperations.Log2(size);
        _slots = new int[size];
        Array.Fill(_slots, EmptySlot);
        foreach (var (name, categories) in tools)
        {
            var index = Count++;
            _names[index] = Encoding.ASCII.GetBytes(name);
            _categories[index] = (ulong)categories;
            var slot = FirstSlot(_names[index]);
            while (_slots[slot] != EmptySlot)
            {
                slot = NextSlot(slot);
            }

            _slots[slot] = index;
        }
    }

    /// <summary>The table that ships with this library.</summary>
    internal static RiskToolTable Shipped { get; } = RiskToolFile.LoadShipped();

    /// <summary>Reads a table that takes the place of the shipped one.</summary>
    /// <param name="stream">UTF-8 text in the format of risk-tools.tsv; read to its end, left open.</param>
    /// <exception cref="InvalidDataException">A line is not of the format, or there is none; the message names the line.</exception>
    internal static RiskToolTable Load(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var tools = RiskToolFile.Read(reader, out var date);
        return tools.Count > 0
            ? new(tools, date, $"{RiskToolFile.ResourceName}, a list of one's own")
            : throw new InvalidDataException("The table of risk tools is empty.");
    }

    /// <summary>What the table says of itself.</summary>
    internal TableHeader Header { get; }

    /// <summary>Number of names.</summary>
    internal int Count { get; private set; }

    /// <summary>
    /// Categories of the tool with this name. The whole name counts, without regard to ASCII case; of a process name
    /// the directory before it and Android's ":service" after it are left out.
    /// </summary>
    /// <param name="utf8Name">The name as it came, of any length and content.</param>
    /// <returns>Bits of <see cref="RiskToolCategory"/>; 0 if the name is not known.</returns>
    internal ulong Match(ReadOnlySpan<byte> utf8Name)
    {
        var name = utf8Name[(utf8Name.LastIndexOf((byte)'/') + 1)..];
        var service = name.IndexOf((byte)':');
        if (service >= 0)
        {
            name = name[..service];
        }

        if (name.Length is 0 or > MaxNameLength)
        {
            return 0;
        }

        for (var slot = FirstSlot(name); _slots[slot] != EmptySlot; slot = NextSlot(slot))
        {
            var index = _slots[slot];
            if (Ascii.EqualsIgnoreCase(name, _names[index]))
            {
                return _categories[index];
            }
        }

        return 0;
    }

    private int FirstSlot(ReadOnlySpan<byte> name) => (int)(NameHash.ComputeIgnoringCase(name) >> _shift);

    private int NextSlot(int slot) => (slot + 1) & (_slots.Length - 1);
}
