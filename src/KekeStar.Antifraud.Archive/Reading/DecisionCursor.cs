using System.Globalization;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>A place in the order of decisions, newest first: behind the row of this time and decision.</summary>
/// <param name="Time">Time of the row.</param>
/// <param name="Decision">Its decision.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DecisionCursor(DateTimeOffset Time, long Decision)
{
    /// <summary>As a text for a link: no identifier, but the place alone.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Time.ToUnixTimeMilliseconds()}-{unchecked((ulong)Decision):x16}");

    /// <summary>Reads <see cref="ToString"/>'s text.</summary>
    public static bool TryParse(string? text, out DecisionCursor cursor)
    {
        cursor = default;
        if (text?.Split('-') is not [var time, var decision]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            || !ulong.TryParse(decision, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
        {
            return false;
        }

        cursor = new DecisionCursor(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), unchecked((long)bits));
        return true;
    }
}
