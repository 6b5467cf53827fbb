using System.Security.Cryptography;
using KekeStar.Antifraud.Dashboard.Assets;

namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>
/// What a new password must be: long, and none that everybody tries first. Nothing is composed and nothing expires
/// (NIST SP 800-63B, 3.1.1.2).
/// </summary>
internal static class PasswordRules
{
    // Without characters that look alike, to be typed off a screen.
    private const string Readable = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    // 20 of 56 characters: 116 bits.
    private const int GivenLength = 20;

    private static readonly HashSet<string> Common = new(
        EmbeddedFile.Text("common-passwords.txt").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    // Words that an attacker of this very service tries first (the section's "context-specific words").
    private static readonly string[] OfThisService = ["kekestar", "antifraud"];

    /// <summary>A password that is given to somebody and has to be changed.</summary>
    public static string Give() => RandomNumberGenerator.GetString(Readable, GivenLength);

    /// <summary>Judges a new password.</summary>
    /// <param name="name">The account.</param>
    /// <param name="password">The password.</param>
    /// <returns>Done, TooShort, TooLong or TooCommon.</returns>
    public static AccountChange Judge(string name, string password) => password.Length switch
    {
        < SignInLimits.MinPasswordLength => AccountChange.TooShort,
        > SignInLimits.MaxPasswordLength => AccountChange.TooLong,
        _ => IsCommon(name, password) ? AccountChange.TooCommon : AccountChange.Done,
    };

    private static bool IsCommon(string name, string password) =>
        Common.Contains(password)
        || password.Distinct().Count() < SignInLimits.MinDifferentCharacters
        || IsHardlyMoreThan(password, name)
        || Array.Exists(OfThisService, word => IsHardlyMoreThan(password, word));

    // A known word with a few characters around it.
    private static bool IsHardlyMoreThan(string password, string word)
    {
        const int FewCharacters = 6;
        return word.Length >= FewCharacters / 2
            && password.Contains(word, StringComparison.OrdinalIgnoreCase)
            && password.Length - word.Length <= FewCharacters;
    }
}
