using System.Globalization;

namespace KekeStar.Antifraud.Dashboard.Language;

/// <summary>Writes times as the browser's clock shows them, in ISO 8601's order, which both languages read.</summary>
internal sealed class LocalClock
{
    private const string FieldFormat = "yyyy-MM-ddTHH:mm";

    private TimeSpan _offset;

    /// <summary>Takes the browser's offset from UTC.</summary>
    /// <param name="minutes">As JavaScript's <c>getTimezoneOffset</c> gives it: UTC minus local time.</param>
    public void Use(int minutes) => _offset = TimeSpan.FromMinutes(-Math.Clamp(minutes, -14 * 60, 12 * 60));

    /// <summary>Date and time to the second.</summary>
    public string Full(DateTimeOffset time) => Write(time, "yyyy-MM-dd HH:mm:ss");

    /// <summary>Date and time to the millisecond.</summary>
    public string Precise(DateTimeOffset time) => Write(time, "yyyy-MM-dd HH:mm:ss.fff");

    /// <summary>Day and time to the millisecond, for a table of little width: records live for a month.</summary>
    public string Moment(DateTimeOffset time) => Write(time, "MM-dd HH:mm:ss.fff");

    /// <summary>Day and time to the minute, where there is little width.</summary>
    public string Hour(DateTimeOffset time) => Write(time, "MM-dd HH:mm");

    /// <summary>Date and time to the minute.</summary>
    public string Minute(DateTimeOffset time) => Write(time, "yyyy-MM-dd HH:mm");

    /// <summary>Time of the day.</summary>
    public string TimeOfDay(DateTimeOffset time) => Write(time, "HH:mm:ss");

    /// <summary>A time for a field of the type datetime-local.</summary>
    public string Field(DateTimeOffset time) => Write(time, FieldFormat);

    /// <summary>Reads such a field.</summary>
    public bool TryReadField(string? text, out DateTimeOffset time)
    {
        // Browsers leave the seconds out, or not.
        var isTime = DateTime.TryParseExact(text, [FieldFormat, "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local > DateTime.UnixEpoch;
        time = isTime ? new DateTimeOffset(local, _offset).ToUniversalTime() : default;
        return isTime;
    }

    /// <summary>The offset, such as "UTC+08:00".</summary>
    public string Zone() =>
        _offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{(_offset < TimeSpan.Zero ? '-' : '+')}{_offset:hh\\:mm}");

    private string Write(DateTimeOffset time, string format) => time.ToOffset(_offset).ToString(format, CultureInfo.InvariantCulture);
}
