using System.Globalization;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// The reference tables in force. Looks at their folder again and again, and swaps changed tables in all together: a
/// folder with one bad file changes nothing.
/// </summary>
internal sealed partial class ReferenceTableSource : IDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly ITimer? _timer;
    private readonly Lock _reloading = new();
    private string _lastSeen = "";
    private bool _unreadable;
    private volatile ReferenceTables _current;

    /// <summary>Reads the tables and begins to watch their folder.</summary>
    /// <param name="options">Where the tables come from.</param>
    /// <param name="time">Decides when the folder is looked at again.</param>
    /// <param name="logger">Takes what came of each change.</param>
    /// <exception cref="InvalidOperationException">A file cannot be used; the message names the setting, the file, why and what to do.</exception>
    public ReferenceTableSource(ReferenceTableOptions options, TimeProvider time, ILogger<ReferenceTableSource> logger)
    {
        _path = options.Path;
        _logger = logger;
        if (_path.Length == 0)
        {
            _current = ReferenceTables.Embedded;
        }
        else
        {
            (_lastSeen, _current) = ReadFirst();
            _timer = time.CreateTimer(static source => ((ReferenceTableSource)source!).Poll(), this, options.PollInterval, options.PollInterval);
        }

        LogApplied(_logger, Describe(_current));
    }

    /// <summary>Raised after changed files were read, on the thread that read them.</summary>
    public event EventHandler<ReferenceTableReload>? Reloaded;

    /// <summary>The tables in force; take them once per event.</summary>
    public ReferenceTables Current => _current;

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private static string Describe(ReferenceTables tables) => string.Join(
        ", ",
        tables.Headers.Select(static header => string.Create(CultureInfo.InvariantCulture, $"{header.Kind} {header.Entries} ({header.Date:yyyy-MM-dd})")));

    private (string Seen, ReferenceTables Tables) ReadFirst()
    {
        try
        {
            // Before the files: one that changes in between is read once too often, not once too few.
            var seen = Look();
            return (seen, ReferenceTables.Load(_path));
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Antifraud:Tables:Path: {fault.Message}", fault);
        }
    }

    // Names, lengths and times: tables are megabytes, too much to be hashed at each look.
    private string Look() => string.Join('\n', new DirectoryInfo(_path).EnumerateFiles()
        .OrderBy(static file => file.Name, StringComparer.Ordinal)
        .Select(static file => string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")));

    private void Poll()
    {
        // A slow disk must not pile up looks: one that finds another at work leaves.
        if (!_reloading.TryEnter())
        {
            return;
        }

        try
        {
            var seen = Look();
            if (seen != _lastSeen || _unreadable)
            {
                Read();

                // Not before: a file that cannot be opened yet is tried again.
                _lastSeen = seen;
                _unreadable = false;
            }
        }
        catch (Exception e)
        {
            // This runs on a timer, where an exception would end the process. Whatever a file does, be it a mistake of ours
            // that it brings to light, the old tables stay in force.
            if (!_unreadable)
            {
                _unreadable = true;
                LogUnreadable(_logger, e);
                Notify(ReferenceTableReloadResult.Unreadable);
            }
        }
        finally
        {
            _reloading.Exit();
        }
    }

    private void Read()
    {
        try
        {
            _current = ReferenceTables.Load(_path);
        }
        catch (InvalidDataException wrong)
        {
            LogRejected(_logger, wrong.Message);
            Notify(ReferenceTableReloadResult.Rejected);
            return;
        }

        LogApplied(_logger, Describe(_current));
        Notify(ReferenceTableReloadResult.Applied);
    }

    private void Notify(ReferenceTableReloadResult result)
    {
        ReferenceTableMetrics.Reloaded(result);
        Reloaded?.Invoke(this, new ReferenceTableReload(result, _current));
    }
}
