using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Writing;

namespace KekeStar.Antifraud.Archive.Upkeep;

/// <summary>The archive's folder, held by one process. Taking it puts right what a crash left.</summary>
internal sealed class ArchiveFolder : IDisposable
{
    private const string LockName = "in-use.lock";

    private readonly FileStream _lock;

    private ArchiveFolder(FileStream held) => _lock = held;

    /// <summary>
    /// Takes the folder, making it if need be; removes files that were never finished and files that others replaced, and fills
    /// the catalogue.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be made or written, or another process holds it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made or written.</exception>
    public static ArchiveFolder Take(ArchiveCatalog catalog, FileRewriter rewriter) => Take([(catalog, rewriter)]);

    /// <summary>The same for several kinds of rows in one folder.</summary>
    /// <param name="kinds">The catalogue of each kind, and what puts files in the place of others of it.</param>
    /// <exception cref="IOException">The folder cannot be made or written, or another process holds it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made or written.</exception>
    public static ArchiveFolder Take(IReadOnlyList<(ArchiveCatalog Catalog, FileRewriter Rewriter)> kinds)
    {
        var root = kinds[0].Catalog.Root;
        MakePrivate(root);
        var held = new FileStream(Path.Combine(root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            RemoveHidden(Path.Combine(root, ArchiveFile.RollUpsFolder));
            RemoveHidden(Path.Combine(root, ArchiveFile.SuspectsFolder));
            foreach (var (catalog, rewriter) in kinds)
            {
                RemoveHidden(Path.Combine(root, ArchiveFile.FolderOf(catalog.Kind)));
                catalog.Reset(LiveFiles.Find(root, catalog.Kind).Select(Measured));
                foreach (var hour in catalog.Hours())
                {
                    RemoveReplaced(catalog, rewriter, hour);
                }
            }

            return new ArchiveFolder(held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>True while the folder that was taken is the one that is there.</summary>
    public bool IsThere() => File.Exists(_lock.Name);

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void RemoveHidden(string folder)
    {
        if (Directory.Exists(folder))
        {
            var hidden = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Where(static path => HiddenFile.Is(Path.GetFileName(path)))
                .ToList();
            hidden.ForEach(File.Delete);
        }
    }

    private static ArchiveFile Measured(ArchiveFile file)
    {
        file.Bytes = new FileInfo(file.RecordsPath).Length;
        if (file.Kind == ArchiveKind.Records)
        {
            var rollUp = new FileInfo(file.RollUpPath);
            var suspects = new FileInfo(file.SuspectsPath);
            file.HasRollUp = rollUp.Exists;
            file.HasSuspects = suspects.Exists;
            file.Bytes += (rollUp.Exists ? rollUp.Length : 0) + (suspects.Exists ? suspects.Length : 0);
        }

        return file;
    }

    // Where a file stands alone, nothing that it replaced is left.
    private static void RemoveReplaced(ArchiveCatalog catalog, FileRewriter rewriter, ArchiveHour hour)
    {
        var files = catalog.FilesOf(hour);
        if (files.Length > 1)
        {
            var replaced = LiveFiles.Replaced(files, file => rewriter.Metadata(file, RecordSchema.ReplacesKey).Split(','));
            catalog.Replace(Array.FindAll(files, file => replaced.Contains(file.Name)), replacement: null);
        }
    }
}
