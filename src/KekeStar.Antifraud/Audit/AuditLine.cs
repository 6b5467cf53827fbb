using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace KekeStar.Antifraud.Audit;

/// <summary>
/// One line of the log. It has exactly one form: a compact JSON object with these members in this order, all ASCII. The
/// hash is SHA-256 over that object without its last member <c>hash</c>, no line end.
/// </summary>
/// <param name="Seq">Number of the line over all files, from 1.</param>
/// <param name="Time">When it was written, UTC, in milliseconds.</param>
/// <param name="Instance">The random id that the log's directory got with its first line, 16 hexadecimal digits.</param>
/// <param name="Action">Name of the action.</param>
/// <param name="Caller">Who asked for it.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Subject">Whom it is about: a shortened pseudonym, or empty.</param>
/// <param name="ReceiptId">The receipt's handle.</param>
/// <param name="Details">Further facts.</param>
/// <param name="Prev">Hash of the line before; 64 zeros in the first.</param>
internal sealed record AuditLine(
    long Seq,
    DateTimeOffset Time,
    string Instance,
    string Action,
    string Caller,
    string Purpose,
    string Subject,
    string ReceiptId,
    AuditDetails Details,
    string Prev)
{
    /// <summary><see cref="Prev"/> of the first line.</summary>
    public static readonly string NoHash = new('0', AuditSyntax.HashDigits);

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly string[] Members =
        ["seq", "time", "instance", "action", "caller", "purpose", "subject", "receipt", "details", "prev", "hash"];

    /// <summary>The hash as it stands in the line; empty in a line that was not yet written.</summary>
    public string Hash { get; private init; } = "";

    /// <summary>The hash that the other members give.</summary>
    public string ComputeHash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Canonical())));

    /// <summary>The line with its hash.</summary>
    public AuditLine Seal() => this with { Hash = ComputeHash() };

    /// <summary>The line as it stands in the file, without the line end.</summary>
    public byte[] Encode() => Encoding.ASCII.GetBytes($"{Canonical()[..^1]},\"hash\":\"{Hash}\"}}");

    /// <summary>Reads a line; null if it is not exactly what <see cref="Encode"/> gives.</summary>
    public static AuditLine? TryParse(ReadOnlySpan<byte> text)
    {
        try
        {
            var line = Parse(text);
            return line is not null && text.SequenceEqual(line.Encode()) ? line : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // Not JSON, or values of other types or forms.
            return null;
        }
    }

    // Nothing here needs JSON's escapes, see AuditSyntax.
    private string Canonical()
    {
        var details = string.Join(',', Details.Values.Select(static detail => $"\"{detail.Key}\":{detail.Value}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"seq\":{Seq},\"time\":\"{Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}\",\"instance\":\"{Instance}\",\"action\":\"{Action}\",\"caller\":\"{Caller}\",\"purpose\":\"{Purpose}\",\"subject\":\"{Subject}\",\"receipt\":\"{ReceiptId}\",\"details\":{{{details}}},\"prev\":\"{Prev}\"}}");
    }

    private static AuditLine? Parse(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        var values = new string[Members.Length];
        var details = new AuditDetails();
        reader.Read();
        for (var i = 0; i < Members.Length; i++)
        {
            if (!reader.Read() || !reader.ValueTextEquals(Members[i]) || !reader.Read())
            {
                return null;
            }

            values[i] = Members[i] switch
            {
                "seq" => reader.GetInt64().ToString(CultureInfo.InvariantCulture),
                "details" => ReadDetails(ref reader, details),
                _ => reader.GetString() ?? "",
            };
        }

        return Make(values, details);
    }

    private static string ReadDetails(ref Utf8JsonReader reader, AuditDetails details)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            _ = reader.TokenType == JsonTokenType.Number ? details.Add(key, reader.GetInt64()) : details.Add(key, reader.GetString() ?? "");
        }

        return "";
    }

    private static AuditLine? Make(string[] values, AuditDetails details)
    {
        var line = new AuditLine(
            long.Parse(values[0], CultureInfo.InvariantCulture),
            DateTimeOffset.ParseExact(values[1], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            values[2],
            values[3],
            values[4],
            values[5],
            values[6],
            values[7],
            details,
            values[9])
        {
            Hash = values[10],
        };
        var isSound = line.Seq >= 1
            && line.Instance.Length == AuditSyntax.SubjectDigits && AuditSyntax.IsSubject(line.Instance)
            && AuditSyntax.IsDetailKey(line.Action)
            && AuditSyntax.IsCaller(line.Caller)
            && AuditSyntax.IsPurpose(line.Purpose)
            && AuditSyntax.IsSubject(line.Subject)
            && Audit.ReceiptId.IsValid(line.ReceiptId)
            && AuditSyntax.IsHash(line.Prev)
            && AuditSyntax.IsHash(line.Hash);
        return isSound ? line : null;
    }
}
