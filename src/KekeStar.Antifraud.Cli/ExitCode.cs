namespace KekeStar.Antifraud.Cli;

/// <summary>What the process tells its caller. The numbers are documented in the README and stay.</summary>
internal static class ExitCode
{
    /// <summary>Answered: every event got a score, every check passed.</summary>
    public const int Answered = 0;

    /// <summary>The demonstration ran, and a verdict was not the expected one; the audit log is not what was written; or decisions do not follow from their records.</summary>
    public const int NotAsExpected = 1;

    /// <summary>The input or the command line is wrong; nothing was changed.</summary>
    public const int BadInput = 2;

    /// <summary>The service could not be reached, or it answered with an error.</summary>
    public const int ServiceFailed = 3;
}
