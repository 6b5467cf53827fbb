using System.Buffers;
using System.Text;

namespace KekeStar.Antifraud.Audit;

/// <summary>
/// Which texts may stand in the log. All are ASCII without quotation marks and backslashes, so that every JSON tool
/// writes a line back as the same bytes, and none is free text that an identifier could hide in.
/// </summary>
internal static class AuditSyntax
{
    /// <summary>Longest purpose: 64 characters, the contract's bound.</summary>
    public const int MaxPurpose = 64;

    /// <summary>Longest caller: 255 characters, the longest DNS name (RFC 1035, 2.3.4).</summary>
    public const int MaxCaller = 255;

    /// <summary>Longest key of a detail.</summary>
    public const int MaxDetailKey = 40;

    /// <summary>Longest text of a detail: 64, which a SHA-256 in hexadecimal digits fills.</summary>
    public const int MaxDetailText = 64;

    /// <summary>Digits of a shortened pseudonym: 64 of its 128 bits.</summary>
    public const int SubjectDigits = 16;

    /// <summary>Digits of a SHA-256.</summary>
    public const int HashDigits = 64;

    private const string LowerAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> Purposes = SearchValues.Create(LowerAndDigits + "_-");
    private static readonly SearchValues<byte> PurposeBytes = SearchValues.Create(Encoding.ASCII.GetBytes(LowerAndDigits + "_-"));
    private static readonly SearchValues<char> Keys = SearchValues.Create(LowerAndDigits + "_");
    private static readonly SearchValues<char> Texts = SearchValues.Create(LowerAndDigits + "_.:-");
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    // RFC 3986 URIs and DNS names, with '%' for whatever else was escaped.
    private static readonly SearchValues<char> Callers =
        SearchValues.Create(LowerAndDigits + "ABCDEFGHIJKLMNOPQRSTUVWXYZ-._~:/?#[]@!$&'()*+,;=%|");

    /// <summary>True for a purpose: 1 to 64 of a-z, 0-9, '_' and '-'.</summary>
    public static bool IsPurpose(string text) => Is(text, MaxPurpose, Purposes);

    /// <summary>The same of bytes as they came off the wire, of which no string is made.</summary>
    public static bool IsPurpose(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text.Length <= MaxPurpose && !text.ContainsAnyExcept(PurposeBytes);

    /// <summary>True for a caller: 1 to 255 characters of a URI.</summary>
    public static bool IsCaller(string text) => Is(text, MaxCaller, Callers);

    /// <summary>True for a shortened pseudonym, or for the empty text of a line that is about nobody.</summary>
    public static bool IsSubject(string text) =>
        text.Length == 0 || (text.Length == SubjectDigits && Is(text, SubjectDigits, Hexadecimal));

    /// <summary>True for the key of a detail: 1 to 40 of a-z, 0-9 and '_'.</summary>
    public static bool IsDetailKey(string text) => Is(text, MaxDetailKey, Keys);

    /// <summary>True for the text of a detail: 1 to 64 of a-z, 0-9, '_', '.', ':' and '-'.</summary>
    public static bool IsDetailText(string text) => Is(text, MaxDetailText, Texts);

    /// <summary>True for a SHA-256 in lower-case hexadecimal digits.</summary>
    public static bool IsHash(string text) => text.Length == HashDigits && Is(text, HashDigits, Hexadecimal);

    private static bool Is(string text, int longest, SearchValues<char> allowed) =>
        text.Length >= 1 && text.Length <= longest && !text.AsSpan().ContainsAnyExcept(allowed);
}
