namespace KekeStar.Antifraud.Archive.Files;

/// <summary>
/// A file on its way: written under a name that begins with a dot, which no reader of Hive partitions takes, flushed to the disk,
/// and then renamed. So nobody ever reads a file that is half written, and a crash leaves nothing but hidden names.
/// </summary>
internal static class HiddenFile
{
    private const string Prefix = ".";
    private const string Suffix = ".tmp";

    /// <summary>The hidden name of a file.</summary>
    public static string Of(string path) => Path.Combine(Path.GetDirectoryName(path)!, $"{Prefix}{Path.GetFileName(path)}{Suffix}");

    /// <summary>True if a name is that of a file that was never finished.</summary>
    public static bool Is(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Makes the folder of a file.</summary>
    public static void MakeFolder(string path) => Directory.CreateDirectory(Path.GetDirectoryName(path)!);

    /// <summary>Flushes a finished file to the disk and gives it its name.</summary>
    /// <returns>Its length in bytes.</returns>
    public static long Publish(string path)
    {
        var hidden = Of(path);
        long length;
        using (var file = new FileStream(hidden, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
            length = file.Length;
        }

        File.Move(hidden, path, overwrite: true);
        return length;
    }

    /// <summary>Removes what a failure left.</summary>
    public static void Discard(string path)
    {
        try
        {
            File.Delete(Of(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is removed at the next start.
        }
    }
}
