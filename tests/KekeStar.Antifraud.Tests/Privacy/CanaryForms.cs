using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>The bytes that betray a canary. UTF-16, hexadecimal and base64 of each are found by <see cref="MemoryViews"/>.</summary>
[SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Looked for, not used.")]
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "Looked for, not used.")]
internal static class CanaryForms
{
    /// <summary>Names of the forms, by number.</summary>
    public static readonly string[] Names =
        ["text", "normal form", "MD5 of text", "SHA-1 of text", "SHA-256 of text", "MD5 of normal form", "SHA-1 of normal form", "SHA-256 of normal form"];

    /// <summary>One form of a canary; empty where the normal form is the text.</summary>
    public static byte[] Of(Canary canary, int form)
    {
        var text = Encoding.ASCII.GetBytes(canary.Text);
        var isNormal = form is 1 or >= 5;
        if (isNormal && text.AsSpan().SequenceEqual(canary.Normal))
        {
            return [];
        }

        var value = isNormal ? canary.Normal : text;
        return form switch
        {
            0 or 1 => value,
            2 or 5 => MD5.HashData(value),
            3 or 6 => SHA1.HashData(value),
            _ => SHA256.HashData(value),
        };
    }
}
