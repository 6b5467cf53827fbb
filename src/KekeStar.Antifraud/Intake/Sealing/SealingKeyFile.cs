using System.Security.Cryptography;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Intake.Sealing;

/// <summary>The file of the keys that gateways seal with, which its owner alone may reach.</summary>
internal static class SealingKeyFile
{
    /// <summary>Largest file in bytes: 64 KiB; 64 keys take about 5 KiB.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Reads the bytes of a key file, whose owner alone may reach it. The caller clears them.</summary>
    /// <exception cref="InvalidDataException">Others can reach the file, or it is too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static byte[] ReadBytes(string path) => OwnerOnlyFile.Read(path, MaxLength);

    /// <summary>Reads the keys of a file.</summary>
    /// <exception cref="InvalidDataException">The file is wrong, or others can reach it; the message says what.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SealingKey[] Read(string path)
    {
        var bytes = ReadBytes(path);
        try
        {
            return SealingKeyText.Parse(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Writes keys to a file that its owner alone can read; replaces it as a whole, or leaves it as it was.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, IEnumerable<SealingKey> keys) =>
        OwnerOnlyFile.Write(path, stream => SealingKeyText.Write(stream, keys), replaces: true);
}
