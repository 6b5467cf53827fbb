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
    public static ArchiveFolder Take(ArchiveCatalog catalog, FileRewriter rewriter)
    {
        MakePrivate(catalog.Root);
        var held = new FileStream(Path.Combine(catalog.Root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            RemoveHidden(Path.Combine(catalog.Root, ArchiveFile.RecordsFolder));
            RemoveHidden(Path.Combine(catalog.Root, ArchiveFile.RollUpsFolder));
            RemoveHidden(Path.Combine(catalog.Root, ArchiveFile.SuspectsFolder));
            catalog.Reset(Find(catalog.Root));
            foreach (var hour in catalog.Hours())
            {
                RemoveReplaced(catalog, rewriter, hour);
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

    private static IEnumerable<ArchiveFile> Find(string root)
    {
        var records = new DirectoryInfo(Path.Combine(root, ArchiveFile.RecordsFolder));
        if (!records.Exists)
        {
            yield break;
        }

        foreach (var day in records.EnumerateDirectories())
        {
            foreach (var folder in day.EnumerateDirectories())
            {
                if (!ArchiveHour.TryParse(day.Name, folder.Name, out var hour))
                {
                    continue;
                }

                foreach (var found in folder.EnumerateFiles())
                {
                    if (ArchiveFile.Parse(root, hour, found.Name) is { } file)
                    {
                        var rollUp = new FileInfo(file.RollUpPath);
                        var suspects = new FileInfo(file.SuspectsPath);
                        file.HasRollUp = rollUp.Exists;
                        file.HasSuspects = suspects.Exists;
                        file.Bytes = found.Length + (rollUp.Exists ? rollUp.Length : 0) + (suspects.Exists ? suspects.Length : 0);
                        yield return file;
                    }
                }
            }
        }
    }

    // Where a file stands alone, nothing that it replaced is left.
    private static void RemoveReplaced(ArchiveCatalog catalog, FileRewriter rewriter, ArchiveHour hour)
    {
        var files = catalog.FilesOf(hour);
        if (files.Length > 1)
        {
            var replaced = files
                .Where(static file => file.IsMerged)
                .SelectMany(file => rewriter.Metadata(file, RecordSchema.ReplacesKey).Split(','))
                .ToHashSet(StringComparer.Ordinal);
            catalog.Replace(Array.FindAll(files, file => replaced.Contains(file.Name)), replacement: null);
        }
    }
}
