namespace KekeStar.Antifraud.Intake.References;

/// <summary>Gets the bytes of the tables' files: those that ship with this library, or those in a folder that replace them.</summary>
internal static class TableFolder
{
    private const string ResourcePrefix = "KekeStar.Antifraud.Intake.References.";

    /// <summary>The file that ships with this library.</summary>
    internal static (byte[] Bytes, string Place) ReadShipped(TableKind kind)
    {
        var name = TableFileName.Of(kind);
        using var stream = typeof(TableFolder).Assembly.GetManifestResourceStream(ResourcePrefix + name)
            ?? throw new InvalidDataException($"The resource {name} is missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return (bytes, $"{name} (shipped)");
    }

    /// <summary>The file in a folder; where the folder has none, the one that ships.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">The file is too long.</exception>
    internal static (byte[] Bytes, string Place) Read(string folder, TableKind kind)
    {
        var path = Path.Combine(folder, TableFileName.Of(kind));
        if (!File.Exists(path))
        {
            return ReadShipped(kind);
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length > TableFile.MaxLength)
        {
            throw TableFault.At(path, $"it has {stream.Length} bytes; at most {TableFile.MaxLength} are read");
        }

        var bytes = new byte[(int)stream.Length];
        return (bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)], path);
    }
}
