using System.Security.Cryptography;

namespace KekeStar.Antifraud.Audit;

/// <summary>Where the log stands: its last line, and its newest file.</summary>
internal sealed class AuditPosition
{
    /// <summary>The log's id; the first line made brings it into the files.</summary>
    public string Instance { get; private set; } = NewInstance();

    /// <summary>Number of the last line; 0: none yet.</summary>
    public long Seq { get; private set; }

    /// <summary>Hash of the last line.</summary>
    public string Hash { get; private set; } = AuditLine.NoHash;

    /// <summary>Month of the newest file; default: none yet.</summary>
    public DateOnly Month { get; private set; }

    /// <summary>Length of the newest file in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Goes on behind a line.</summary>
    public void Follow(AuditLine line)
    {
        Instance = line.Instance;
        Seq = line.Seq;
        Hash = line.Hash;
    }

    /// <summary>Takes a file for the newest one.</summary>
    public void Stand(DateOnly month, long length)
    {
        Month = month;
        Length = length;
    }

    private static string NewInstance()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
