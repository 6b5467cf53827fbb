namespace KekeStar.Antifraud.Archive;

/// <summary>A backtest or a receipt cannot go on: what was asked, or what the archive holds, does not allow it. The message says what and where.</summary>
internal sealed class ArchiveException : Exception
{
    /// <summary>Says nothing; needed by convention.</summary>
    public ArchiveException()
    {
    }

    /// <summary>Says why.</summary>
    public ArchiveException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and what was the cause.</summary>
    public ArchiveException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
