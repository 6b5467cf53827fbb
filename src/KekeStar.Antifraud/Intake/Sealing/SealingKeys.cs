using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Intake.Sealing;

/// <summary>
/// The sealing keys in force. Reads its file again and again, and swaps a changed one in as a whole: a file with any
/// error changes nothing.
/// </summary>
internal sealed partial class SealingKeys : IDisposable
{
    private readonly string? _path;
    private readonly ILogger _logger;
    private readonly ITimer? _timer;
    private readonly Lock _reloading = new();
    private byte[] _lastHash = [];
    private string? _fault;
    private volatile SealingKey[] _current = [];

    /// <summary>Reads the keys and begins to watch their file.</summary>
    /// <exception cref="InvalidOperationException">No usable keys where some are configured; the message names the setting.</exception>
    public SealingKeys(SealingKeyOptions options, TimeProvider time, ILogger<SealingKeys> logger)
    {
        _logger = logger;
        _path = string.IsNullOrEmpty(options.File) ? null : options.File;
        if (options.Keys is { Length: > 0 } text)
        {
            _current = Load("Antifraud:Sealing:Keys", () => SealingKeyText.Parse(Encoding.UTF8.GetBytes(text)));
        }
        else if (_path is not null)
        {
            _current = Load($"Antifraud:Sealing:File is '{_path}'", ReadFile);
            _timer = time.CreateTimer(static keys => ((SealingKeys)keys!).Poll(), this, options.PollInterval, options.PollInterval);
        }

        if (!IsEmpty)
        {
            LogApplied(_logger, Ids());
        }
    }

    /// <summary>Raised after other keys came into force: what was derived from those that went must go too.</summary>
    public event EventHandler? Changed;

    /// <summary>True if no key is configured.</summary>
    public bool IsEmpty => _current.Length == 0;

    /// <summary>The key of a number; null: there is none.</summary>
    public SealingKey? Find(uint id)
    {
        foreach (var key in _current)
        {
            if (key.Id == id)
            {
                return key;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private static SealingKey[] Load(string setting, Func<SealingKey[]> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{setting}: {fault.Message}", fault);
        }
    }

    // Remembers the hash of what was read, also of what turns out to be wrong, so that it is reported once.
    private SealingKey[] ReadFile()
    {
        var bytes = SealingKeyFile.ReadBytes(_path!);
        try
        {
            var hash = SHA256.HashData(bytes);
            if (hash.AsSpan().SequenceEqual(_lastHash))
            {
                return _current;
            }

            _lastHash = hash;
            return SealingKeyText.Parse(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private void Poll()
    {
        // A slow disk must not pile up polls: one that finds another at work leaves.
        if (!_reloading.TryEnter())
        {
            return;
        }

        try
        {
            Apply(ReadFile());
            _fault = null;
        }
        catch (InvalidDataException wrong)
        {
            Report(wrong.Message, () => LogRejected(_logger, wrong.Message));
        }
        catch (Exception e)
        {
            // This runs on a timer, where an exception would end the process. Whatever a file does, the old keys stay in force.
            Report(e.GetType().Name, () => LogUnreadable(_logger, e));
        }
        finally
        {
            _reloading.Exit();
        }
    }

    private void Report(string fault, Action log)
    {
        if (_fault != fault)
        {
            _fault = fault;
            log();
        }
    }

    private void Apply(SealingKey[] read)
    {
        if (read != _current)
        {
            // A key that did not change stays the same object, and with it what was derived from it.
            var before = _current;
            _current = [.. read.Select(key => Find(key.Id) is { } old && old.Bytes.SequenceEqual(key.Bytes) ? old : key)];
            LogApplied(_logger, Ids());
            Changed?.Invoke(this, EventArgs.Empty);
            foreach (var gone in before.Except(_current))
            {
                gone.Destroy();
            }
        }
    }

    private string Ids() => string.Join(", ", _current.Select(static key => key.Id.ToString(CultureInfo.InvariantCulture)));
}
