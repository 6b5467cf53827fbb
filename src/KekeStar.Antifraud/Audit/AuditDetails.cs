using System.Globalization;

namespace KekeStar.Antifraud.Audit;

/// <summary>Further facts of a line: numbers and short words by name, in the order of their names.</summary>
internal sealed class AuditDetails
{
    /// <summary>Most facts of one line.</summary>
    public const int MaxCount = 32;

    /// <summary>Largest number, 2^53 - 1: what every JSON tool reads without rounding (RFC 7493, 2.2).</summary>
    public const long MaxNumber = (1L << 53) - 1;

    // Values as they stand in the line.
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The facts: names, and values as JSON.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Adds a number.</summary>
    /// <param name="key">Its name, see <see cref="AuditSyntax.IsDetailKey"/>; not given before.</param>
    /// <param name="number">Between -<see cref="MaxNumber"/> and <see cref="MaxNumber"/>.</param>
    public AuditDetails Add(string key, long number) =>
        number is < -MaxNumber or > MaxNumber
            ? throw new ArgumentOutOfRangeException(nameof(number), "A number of the audit log has at most 53 bits.")
            : AddValue(key, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a word.</summary>
    /// <param name="key">Its name, see <see cref="AuditSyntax.IsDetailKey"/>; not given before.</param>
    /// <param name="text">See <see cref="AuditSyntax.IsDetailText"/>; never an identifier.</param>
    public AuditDetails Add(string key, string text) =>
        AuditSyntax.IsDetailText(text)
            ? AddValue(key, $"\"{text}\"")
            : throw new ArgumentException("A word of the audit log is 1 to 64 of a-z, 0-9, '_', '.', ':' and '-'.", nameof(text));

    /// <summary>A number of the details.</summary>
    /// <returns>The number, or null if there is none of that name.</returns>
    public long? Number(string key) =>
        _values.TryGetValue(key, out var value) && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private AuditDetails AddValue(string key, string value)
    {
        if (!AuditSyntax.IsDetailKey(key) || _values.Count == MaxCount || !_values.TryAdd(key, value))
        {
            throw new ArgumentException($"A detail has a name of its own of 1 to {AuditSyntax.MaxDetailKey} of a-z, 0-9 and '_'; a line has at most {MaxCount}.", nameof(key));
        }

        return this;
    }
}
