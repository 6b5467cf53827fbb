namespace KekeStar.Antifraud.Audit;

/// <summary>Finds where a file's last line ends, and moves aside what a crash left behind it.</summary>
internal static class AuditTail
{
    // Some hundred lines: a look at the end of a large file is enough as long as one of them is whole.
    private const long Look = 256 * 1024;

    /// <summary>The last line of a file, and where it ends; null and 0 if there is no line in it.</summary>
    public static (AuditLine? Line, long End) Find(AuditFile file)
    {
        var length = file.Length;
        var found = Find(file.Path, Math.Max(0, length - Look));
        return found.Line is null && length > Look ? Find(file.Path, 0) : found;
    }

    /// <summary>The first line of a file; null if there is none, or it is not one.</summary>
    public static AuditLine? First(AuditFile file)
    {
        using var lines = new LineScanner(file.Path);
        return lines.Read() ? AuditLine.TryParse(lines.Line) : null;
    }

    /// <summary>Moves everything behind a place to a file of its own, <c>audit-2026-11.torn</c>.</summary>
    public static void MoveAside(AuditFile file, long end)
    {
        var rest = new byte[file.Length - end];
        using (var source = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            source.Seek(end, SeekOrigin.Begin);
            source.ReadExactly(rest);
        }

        using (var torn = AuditDirectory.Open(TornPath(file), FileMode.Append))
        {
            torn.Write(rest);
            torn.Flush(flushToDisk: true);
        }

        using var cut = AuditDirectory.Open(file.Path, FileMode.Open);
        cut.SetLength(end);
        cut.Flush(flushToDisk: true);
    }

    /// <summary>Where the torn ends of a month's file are kept, one behind the other.</summary>
    public static string TornPath(AuditFile file) => Path.ChangeExtension(file.Path, ".torn");

    private static (AuditLine? Line, long End) Find(string path, long from)
    {
        using var lines = new LineScanner(path, from);
        (AuditLine? Line, long End) found = (null, 0);
        while (lines.Read())
        {
            if (lines.IsWhole && AuditLine.TryParse(lines.Line) is { } line)
            {
                found = (line, lines.End);
            }
        }

        return found;
    }
}
