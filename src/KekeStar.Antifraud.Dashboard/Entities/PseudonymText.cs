using System.Globalization;
using KekeStar.Antifraud.Archive;

namespace KekeStar.Antifraud.Dashboard.Entities;

/// <summary>How the first 64 bits of a pseudonym are written: 16 hexadecimal digits in addresses, 8 on screens.</summary>
internal static class PseudonymText
{
    /// <summary>Digits on a screen: as few as people can still tell entities apart by.</summary>
    public const int ShownDigits = 8;

    private const char Between = '-';

    /// <summary>All digits.</summary>
    public static string Full(long id) => id.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The first digits.</summary>
    public static string Short(long id) => Full(id)[..ShownDigits];

    /// <summary>One entity under several key epochs, for an address.</summary>
    public static string Join(IEnumerable<long> ids) => string.Join(Between, ids.Select(Full));

    /// <summary>Reads what <see cref="Full"/> or <see cref="Join"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">The pseudonyms; empty if it is no such text.</param>
    public static bool TryRead(string? text, out IReadOnlyList<long> ids)
    {
        ids = [];
        var parts = (text ?? "").Split(Between);
        if (parts.Length > ArchiveLimits.MaxEntityIds)
        {
            return false;
        }

        var read = new List<long>();
        foreach (var part in parts)
        {
            if (part.Length != 2 * sizeof(long) || !long.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id))
            {
                return false;
            }

            read.Add(id);
        }

        ids = read;
        return true;
    }
}
