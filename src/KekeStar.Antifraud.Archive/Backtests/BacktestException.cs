namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>A backtest cannot go on: what it was asked, or what the archive holds, does not allow it. The message says what and where.</summary>
internal sealed class BacktestException : Exception
{
    /// <summary>Says nothing; needed by convention.</summary>
    public BacktestException()
    {
    }

    /// <summary>Says why.</summary>
    public BacktestException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and what was the cause.</summary>
    public BacktestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
