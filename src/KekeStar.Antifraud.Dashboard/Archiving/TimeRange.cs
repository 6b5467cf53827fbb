using System.Globalization;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Dashboard.Archiving;

/// <summary>Which time a page is about: the last so long, or from one moment to another.</summary>
/// <param name="Name">One of <see cref="Names"/>, or <see cref="Custom"/>.</param>
/// <param name="From">The first moment of a custom range.</param>
/// <param name="To">The moment behind its last.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TimeRange(string Name, DateTimeOffset From = default, DateTimeOffset To = default)
{
    /// <summary>Name of a range with moments of its own.</summary>
    public const string Custom = "custom";

    /// <summary>The last hour.</summary>
    public const string Hour = "1h";

    /// <summary>The last day.</summary>
    public const string Day = "24h";

    /// <summary>The last week.</summary>
    public const string Week = "7d";

    /// <summary>The last thirty days, as long as decisions are kept.</summary>
    public const string Month = "30d";

    private const string Format = "yyyy-MM-ddTHH:mm:ssZ";

    private static readonly Dictionary<string, TimeSpan> Lengths = new(StringComparer.Ordinal)
    {
        ["15m"] = TimeSpan.FromMinutes(15),
        [Hour] = TimeSpan.FromHours(1),
        ["6h"] = TimeSpan.FromHours(6),
        [Day] = TimeSpan.FromDays(1),
        [Week] = TimeSpan.FromDays(7),
        [Month] = TimeSpan.FromDays(30),
    };

    /// <summary>The names of ranges that end now, the shortest first.</summary>
    public static IReadOnlyCollection<string> Names => Lengths.Keys;

    /// <summary>How long a range that ends now is.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static TimeSpan LengthOf(string name) => Lengths[name];

    /// <summary>Key of a range's text.</summary>
    /// <param name="name">One of <see cref="Names"/>, or <see cref="Custom"/>.</param>
    public static string TextOf(string name) => $"Range.{name}";

    /// <summary>Reads a range out of an address; what is none gives the default.</summary>
    /// <param name="name">The name.</param>
    /// <param name="from">First moment of a custom range, ISO 8601 in UTC.</param>
    /// <param name="to">The moment behind its last.</param>
    /// <param name="otherwise">The name of the default.</param>
    public static TimeRange Read(string? name, string? from, string? to, string otherwise = Day)
    {
        if (name is not null && Lengths.ContainsKey(name))
        {
            return new TimeRange(name);
        }

        return name == Custom && TryRead(from, out var first) && TryRead(to, out var last) && first < last
            ? new TimeRange(Custom, first, last)
            : new TimeRange(otherwise);
    }

    /// <summary>A range with moments of its own; those in the wrong order change places.</summary>
    public static TimeRange Between(DateTimeOffset from, DateTimeOffset to) =>
        from < to ? new TimeRange(Custom, from, to) : new TimeRange(Custom, to, from == to ? to.AddMinutes(1) : from);

    /// <summary>The moments.</summary>
    /// <param name="now">Now.</param>
    public (DateTimeOffset From, DateTimeOffset To) At(DateTimeOffset now) => Lengths.TryGetValue(Name, out var length) ? (now - length, now) : (From, To);

    /// <summary>What an address says of it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parts()
    {
        yield return new("range", Name);
        if (Name == Custom)
        {
            yield return new("from", From.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
            yield return new("to", To.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
        }
    }

    private static bool TryRead(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
