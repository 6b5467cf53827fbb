using System.Globalization;

namespace KekeStar.Antifraud.Dashboard.Policies;

/// <summary>Where the page of a decision is.</summary>
internal static class DecisionLink
{
    // As everywhere on the dashboard.
    private const int ShownDigits = 8;

    /// <summary>Its address.</summary>
    /// <param name="decision">First 64 bits of the pseudonym of the event's id.</param>
    /// <param name="time">When it was made, with which it is found at once.</param>
    public static string Of(long decision, DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"/decisions/{Hex(decision)}?at={time.ToUnixTimeMilliseconds()}");

    /// <summary>The decision as pages show it, shortened.</summary>
    public static string Shown(long decision) => Hex(decision)[..ShownDigits];

    /// <summary>The decision, 16 hexadecimal digits.</summary>
    public static string Hex(long decision) => decision.ToString("x16", CultureInfo.InvariantCulture);
}
