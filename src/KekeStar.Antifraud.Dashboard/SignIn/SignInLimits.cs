namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>The bounds of accounts and sign-ins, each with its reason.</summary>
internal static class SignInLimits
{
    /// <summary>Shortest new password in characters: 12; the character set is free and nothing is composed (NIST SP 800-63B, 3.1.1.2).</summary>
    public const int MinPasswordLength = 12;

    /// <summary>Longest password in characters: 128; the same section asks for 64 at least.</summary>
    public const int MaxPasswordLength = 128;

    /// <summary>Different characters that a password has at least: 5, so that one key held down is none.</summary>
    public const int MinDifferentCharacters = 5;

    /// <summary>Longest account name: 64 characters.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Most accounts: 200, far more than try the dashboard out.</summary>
    public const int MaxAccounts = 200;

    /// <summary>Largest accounts file in bytes: 256 KiB, twice what <see cref="MaxAccounts"/> accounts take.</summary>
    public const int MaxFileBytes = 256 * 1024;

    /// <summary>
    /// Rounds of PBKDF2 with HMAC-SHA-512: 210,000, what OWASP's Password Storage Cheat Sheet asks for.
    /// </summary>
    public const int HashRounds = 210_000;

    /// <summary>Passwords that are checked at a time: 1. A check takes a tenth of a second of a core, which scoring needs too.</summary>
    public const int ParallelChecks = 1;

    /// <summary>Sign-ins that wait for their check: 20; more are turned away.</summary>
    public const int WaitingChecks = 20;

    /// <summary>Sign-ins of one address in a minute: 20.</summary>
    public const int AttemptsPerMinute = 20;
}
