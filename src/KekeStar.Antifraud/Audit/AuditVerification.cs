using System.Globalization;

namespace KekeStar.Antifraud.Audit;

/// <summary>What <see cref="AuditVerifier"/> found.</summary>
internal sealed record AuditVerification
{
    /// <summary>The first thing that is wrong.</summary>
    public AuditFault Fault { get; init; }

    /// <summary>Where: name of the file; null if it is none of one file.</summary>
    public string? File { get; init; }

    /// <summary>Where: number of the line in its file, from 1; 0 if it is none of one line.</summary>
    public long LineNumber { get; init; }

    /// <summary>Number of sound lines, up to the fault.</summary>
    public long Lines { get; init; }

    /// <summary>The first line, or null if there is none.</summary>
    public AuditLine? First { get; init; }

    /// <summary>The last sound line, or null if there is none.</summary>
    public AuditLine? Last { get; init; }

    /// <summary>True if nothing is wrong.</summary>
    public bool IsIntact => Fault == AuditFault.None;

    /// <summary>What is wrong, for a reader.</summary>
    public string Explain()
    {
        var why = Fault switch
        {
            AuditFault.None => "nothing is wrong",
            AuditFault.NotALine => "it is not in the exact form of the log",
            AuditFault.HashWrong => "its hash is not that of its members; it was altered",
            AuditFault.SequenceBroken => "its seq does not follow the line before; lines are gone, added or in another order",
            AuditFault.ChainBroken => "its prev is not the hash of the line before",
            AuditFault.FileMissing => "the file begins further on than the one before ends; a file or the end of one is gone",
            AuditFault.BeginningMissing => "the log does not begin with seq 1, and no line says that the ones before were removed past retention",
            AuditFault.WrongFile => "the line is younger than its file's month",
            AuditFault.Torn => "it has no line end; a crash cut it, or it is being written at this moment",
            _ => "the last hash is not the expected one; the end is gone, or the log was written anew",
        };
        return File is null ? why : string.Create(CultureInfo.InvariantCulture, $"{File} line {LineNumber}: {why}");
    }
}
