using System.Globalization;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Archive.Files;

/// <summary>One hour of the archive, UTC: a Hive partition, <c>dt=2026-11-27/hour=08</c>.</summary>
/// <param name="Number">Hours since 1970.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ArchiveHour(long Number) : IComparable<ArchiveHour>
{
    private const long MillisecondsPerHour = 3_600_000;
    private const string DayPrefix = "dt=";
    private const string HourPrefix = "hour=";

    /// <summary>When it begins.</summary>
    public DateTimeOffset Start => DateTimeOffset.FromUnixTimeMilliseconds(Number * MillisecondsPerHour);

    /// <summary>When the next one begins.</summary>
    public DateTimeOffset End => Start.AddHours(1);

    /// <summary>Its folder below <c>records</c> or <c>rollups</c>.</summary>
    public string Folder => Path.Combine(
        string.Create(CultureInfo.InvariantCulture, $"{DayPrefix}{Start:yyyy-MM-dd}"),
        string.Create(CultureInfo.InvariantCulture, $"{HourPrefix}{Start:HH}"));

    /// <summary>The hour of a time.</summary>
    /// <param name="timeMilliseconds">Unix milliseconds.</param>
    public static ArchiveHour Of(long timeMilliseconds) => new((long)Math.Floor((double)timeMilliseconds / MillisecondsPerHour));

    /// <summary>The hour of a time.</summary>
    public static ArchiveHour Of(DateTimeOffset time) => Of(time.ToUnixTimeMilliseconds());

    /// <summary>Reads the names of the two folders.</summary>
    public static bool TryParse(string day, string hour, out ArchiveHour parsed)
    {
        parsed = default;
        if (!day.StartsWith(DayPrefix, StringComparison.Ordinal)
            || !hour.StartsWith(HourPrefix, StringComparison.Ordinal)
            || !DateTimeOffset.TryParseExact(
                $"{day[DayPrefix.Length..]} {hour[HourPrefix.Length..]}",
                "yyyy-MM-dd HH",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var start))
        {
            return false;
        }

        parsed = Of(start);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(ArchiveHour other) => Number.CompareTo(other.Number);

    /// <summary>Earlier.</summary>
    public static bool operator <(ArchiveHour left, ArchiveHour right) => left.Number < right.Number;

    /// <summary>Later.</summary>
    public static bool operator >(ArchiveHour left, ArchiveHour right) => left.Number > right.Number;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(ArchiveHour left, ArchiveHour right) => left.Number <= right.Number;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(ArchiveHour left, ArchiveHour right) => left.Number >= right.Number;
}
