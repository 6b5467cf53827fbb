namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>Files that their owner alone may reach.</summary>
internal static class OwnerOnlyFile
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OthersCanTouch =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads a file. The caller clears the bytes.</summary>
    /// <exception cref="InvalidDataException">Others can reach the file, or it is too large; the message says what to do.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static byte[] Read(string path, int maxLength)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & OthersCanTouch) != 0)
        {
            throw new InvalidDataException($"it can be reached by group or others. Take that away: chmod 600 '{path}'.");
        }

        if (stream.Length > maxLength)
        {
            throw new InvalidDataException($"it has more than {maxLength} bytes.");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length, pinned: true);
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Writes a file with mode 0600 as a whole: it is there with all its content on the disk, or as it was before.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="replaces">False: a file that exists is an error.</param>
    /// <exception cref="IOException">The file cannot be written, or exists.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, Action<Stream> write, bool replaces)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);

        // In the same directory, because a file is renamed as a whole only within one file system.
        var beside = $"{full}.{Guid.NewGuid():N}";
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = OwnerAlone;
        }

        try
        {
            using (var stream = new FileStream(beside, creation))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, full, overwrite: replaces);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
