namespace KekeStar.Antifraud.Audit;

/// <summary>Checks a log line by line. It needs no key: everybody who has the files can do the same.</summary>
internal sealed class AuditVerifier
{
    private readonly HashSet<long> _statedBeginnings = [];
    private AuditLine? _first;
    private AuditLine? _last;
    private long _lines;

    private AuditVerifier()
    {
    }

    /// <summary>Checks the log of a directory, while it is written or not.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="expectedLast">The last line's hash, known from elsewhere; null if it is not. A cut end shows in no other way.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static AuditVerification Verify(string directory, string? expectedLast = null)
    {
        var verifier = new AuditVerifier();
        foreach (var file in AuditDirectory.Files(directory))
        {
            if (verifier.Check(file) is { } broken)
            {
                return broken;
            }
        }

        return verifier.CheckEnds(expectedLast);
    }

    private AuditVerification? Check(AuditFile file)
    {
        using var lines = new LineScanner(file.Path);
        while (lines.Read())
        {
            var line = AuditLine.TryParse(lines.Line);
            var fault = Judge(file, lines, line);
            if (fault != AuditFault.None)
            {
                return Result(fault) with { File = Path.GetFileName(file.Path), LineNumber = lines.Number };
            }

            _first ??= line;
            _last = line;
            _lines++;
            if (line!.Action == AuditActionName.Of(AuditAction.LogExpired) && line.Details.Number("first_seq") is { } beginning)
            {
                _statedBeginnings.Add(beginning);
            }
        }

        return null;
    }

    private AuditFault Judge(AuditFile file, LineScanner at, AuditLine? line)
    {
        if (!at.IsWhole)
        {
            return AuditFault.Torn;
        }

        if (line is null)
        {
            return AuditFault.NotALine;
        }

        if (line.Hash != line.ComputeHash())
        {
            return AuditFault.HashWrong;
        }

        if (_last is not null && line.Seq != _last.Seq + 1)
        {
            return at.Number == 1 && line.Seq > _last.Seq ? AuditFault.FileMissing : AuditFault.SequenceBroken;
        }

        // Line 1 follows nothing; a later first line follows one that is not here any more.
        if (_last is not null ? line.Prev != _last.Hash : line.Seq == 1 && line.Prev != AuditLine.NoHash)
        {
            return AuditFault.ChainBroken;
        }

        return DateOnly.FromDateTime(line.Time.UtcDateTime) >= file.Month.AddMonths(1) ? AuditFault.WrongFile : AuditFault.None;
    }

    private AuditVerification CheckEnds(string? expectedLast)
    {
        if (_first is { Seq: > 1 } first && !_statedBeginnings.Contains(first.Seq))
        {
            return Result(AuditFault.BeginningMissing);
        }

        return expectedLast is not null && expectedLast != _last?.Hash ? Result(AuditFault.NotTheKnownEnd) : Result(AuditFault.None);
    }

    private AuditVerification Result(AuditFault fault) => new() { Fault = fault, Lines = _lines, First = _first, Last = _last };
}
