namespace KekeStar.Antifraud.Scoring;

/// <summary>What a rule speaks of; each has a sub-score in the reply.</summary>
internal enum Risk
{
    /// <summary>Registration in bulk.</summary>
    BatchRegistration = 0,

    /// <summary>A program acts instead of a person.</summary>
    Bot = 1,

    /// <summary>Somebody other than the owner uses the account.</summary>
    AccountTheft = 2,
}

/// <summary>Facts about the risks.</summary>
internal static class Risks
{
    /// <summary>Number of risks.</summary>
    public const int Count = 3;
}
