namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Holds a data directory for one store. The operating system lets go of the lock when the process ends, however it
/// ends.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private const string FileName = "in-use.lock";

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the directory, making it if need be.</summary>
    /// <exception cref="InvalidOperationException">Another store holds it.</exception>
    public static DirectoryLock Take(string directory)
    {
        Directory.CreateDirectory(directory);
        try
        {
            return new DirectoryLock(new FileStream(Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException(
                $"The embedded store's data directory '{directory}' is in use by another process or store. "
                + $"Stop that one, or give this one its own {nameof(EmbeddedStoreOptions.DataDirectory)}.",
                exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
