using System.Security.Cryptography;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>The key file.</summary>
internal static class KeyRingFile
{
    /// <summary>Largest file in bytes: 64 KiB; the 255 epochs that there can be take about 40 KiB.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Reads the epochs of a file.</summary>
    /// <exception cref="InvalidDataException">The file is wrong, or others can reach it; the message says what to do.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static KeyRingEntry[] Read(string path)
    {
        var bytes = OwnerOnlyFile.Read(path, MaxLength);
        try
        {
            return KeyRingText.Parse(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Makes a file of one epoch with a random key. Fails if it exists.</summary>
    /// <exception cref="IOException">The file cannot be written, or exists.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Create(string path, KeyAlgorithm algorithm = KeyAlgorithm.HmacSha256)
    {
        using var entry = KeyRingEntry.Random(1, algorithm, begins: null);
        OwnerOnlyFile.Write(path, stream => KeyRingText.Write(stream, [entry]), replaces: false);
    }

    /// <summary>Replaces the epochs of a file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Replace(string path, IEnumerable<KeyRingEntry> entries) =>
        OwnerOnlyFile.Write(path, stream => KeyRingText.Write(stream, entries), replaces: true);
}
