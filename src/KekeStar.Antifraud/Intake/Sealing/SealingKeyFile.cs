using System.Security.Cryptography;

namespace KekeStar.Antifraud.Intake.Sealing;

/// <summary>The file of the keys that gateways seal with, which its owner alone may reach.</summary>
internal static class SealingKeyFile
{
    /// <summary>Largest file in bytes: 64 KiB; 64 keys take about 5 KiB.</summary>
    public const int MaxLength = 64 * 1024;

    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OthersCanTouch =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads the bytes of a key file, whose owner alone may reach it. The caller clears them.</summary>
    /// <exception cref="InvalidDataException">Others can reach the file, or it is too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & OthersCanTouch) != 0)
        {
            throw new InvalidDataException($"it can be reached by group or others. Take that away: chmod 600 '{path}'.");
        }

        if (stream.Length > MaxLength)
        {
            throw new InvalidDataException($"it has more than {MaxLength} bytes.");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length, pinned: true);
        stream.ReadExactly(bytes);
        return bytes;
    }

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
    public static void Write(string path, IEnumerable<SealingKey> keys)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var beside = $"{full}.{Guid.NewGuid():N}";
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = OwnerAlone;
        }

        try
        {
            using (var stream = new FileStream(beside, creation))
            {
                SealingKeyText.Write(stream, keys);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, full, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
