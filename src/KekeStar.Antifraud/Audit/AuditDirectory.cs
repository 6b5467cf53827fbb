using System.Globalization;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Audit;

/// <summary>
/// The directory of the log, held for one process. The operating system lets go of the lock when the process ends,
/// however it ends.
/// </summary>
internal sealed partial class AuditDirectory : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateDirectory = Private | UnixFileMode.UserExecute;
    private const string LockName = "in-use.lock";
    private const string Prefix = "audit-";
    private const string Suffix = ".jsonl";
    private const string MonthFormat = "yyyy-MM";

    private readonly string _path;
    private FileStream _lock;

    private AuditDirectory(string path)
    {
        _path = path;
        _lock = Lock(path);
    }

    /// <summary>True if group or others can reach the directory.</summary>
    public bool IsOpenToOthers => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(_path) & ~PrivateDirectory) != 0;

    /// <summary>Takes a directory, making it if need be.</summary>
    /// <exception cref="InvalidOperationException">It cannot be made, or another process holds it; the message says what to do.</exception>
    public static AuditDirectory Take(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, PrivateDirectory);
            }

            return new AuditDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"The audit log's directory '{path}' cannot be used, or is in use by another process ({failure.Message}) "
                + "Stop that one, or set Antifraud:Audit:Directory to a directory that this process may write to.",
                failure);
        }
    }

    /// <summary>The files of a log, oldest month first.</summary>
    public static IReadOnlyList<AuditFile> Files(string path)
    {
        var files = new List<AuditFile>();
        foreach (var file in Directory.EnumerateFiles(path, Prefix + "*" + Suffix))
        {
            var name = Path.GetFileName(file);
            if (DateOnly.TryParseExact(
                name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length), MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            {
                files.Add(new AuditFile(month, file));
            }
        }

        files.Sort(static (left, right) => left.Month.CompareTo(right.Month));
        return files;
    }

    /// <summary>The files of this log, oldest month first.</summary>
    public IReadOnlyList<AuditFile> Files() => Files(_path);

    /// <summary>The file of a month, whether it exists or not.</summary>
    public AuditFile FileOf(DateOnly month) =>
        new(month, Path.Combine(_path, Prefix + month.ToString(MonthFormat, CultureInfo.InvariantCulture) + Suffix));

    /// <summary>Takes the directory again if it was replaced since.</summary>
    /// <exception cref="IOException">It is gone, or another process holds it.</exception>
    public void Hold()
    {
        if (!File.Exists(Path.Combine(_path, LockName)))
        {
            var again = Lock(_path);
            _lock.Dispose();
            _lock = again;
        }
    }

    /// <summary>Opens a file for writing; a new one can be read by its owner alone.</summary>
    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }

        return new FileStream(path, options);
    }

    /// <summary>Brings made and removed names to disk; a file's own flush does not promise that (fsync(2)).</summary>
    public void Flush()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        const int ReadOnly = 0;
        var directory = OpenFile(_path, ReadOnly);
        if (directory < 0)
        {
            throw new IOException("The audit log's directory cannot be opened.");
        }

        var isFlushed = FlushFile(directory) == 0;
        _ = CloseFile(directory);
        if (!isFlushed)
        {
            throw new IOException("The audit log's directory cannot be flushed.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }

        return new FileStream(Path.Combine(path, LockName), options);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int FlushFile(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int file);
}
