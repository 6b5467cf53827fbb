using System.Globalization;
using System.Security.Cryptography;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>
/// Reads the key file again and again and hands a changed one to the ring, tells the log of each role that an epoch
/// takes, and wipes the epochs that the ring lets go.
/// </summary>
internal sealed partial class KeyRingReload : IHostedService, IDisposable
{
    /// <summary>
    /// How long after an epoch left the ring it is wiped: 1 minute. An event keeps the set that it was parsed with, and
    /// none takes a second.
    /// </summary>
    public static readonly TimeSpan DestructionDelay = TimeSpan.FromMinutes(1);

    private readonly KeyRing _ring;
    private readonly string? _path;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly KeyMetrics _metrics;
    private readonly Lock _polling = new();
    private readonly Dictionary<byte, KeyEpochRole> _told = [];
    private readonly List<(KeyEpoch Epoch, DateTimeOffset Left)> _leaving = [];
    private byte[] _appliedHash = [];
    private string? _fault;
    private ITimer? _timer;

    /// <summary>Watches for a ring.</summary>
    public KeyRingReload(KeyRing ring, KeyRingOptions options, TimeProvider time, ILogger<KeyRingReload> logger)
    {
        _ring = ring;
        _path = string.IsNullOrEmpty(options.MasterKey) && string.IsNullOrEmpty(options.Ring) ? options.File : null;
        _interval = options.PollInterval;
        _time = time;
        _logger = logger;
        _metrics = new KeyMetrics(ring, time);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        TellRoles();
        _timer = _time.CreateTimer(static reload => ((KeyRingReload)reload!).Poll(), this, _interval, _interval);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _metrics.Dispose();
    }

    private void Poll()
    {
        // A slow disk must not pile up polls: one that finds another at work leaves.
        if (!_polling.TryEnter())
        {
            return;
        }

        try
        {
            DestroyLeft();
            if (_path is not null)
            {
                ReadFile(_path);
            }

            _fault = null;
        }
        catch (InvalidDataException wrong)
        {
            Report(wrong.Message, () => LogRejected(_logger, wrong.Message));
        }
        catch (Exception e)
        {
            // This runs on a timer, where an exception would end the process. Whatever a file does, the old epochs stay in force.
            Report(e.GetType().Name, () => LogUnreadable(_logger, e));
        }
        finally
        {
            TellRoles();
            _polling.Exit();
        }
    }

    // What was refused is tried again each time: what stands against it may be the clock.
    private void ReadFile(string path)
    {
        var bytes = OwnerOnlyFile.Read(path, KeyRingFile.MaxLength);
        try
        {
            var hash = SHA256.HashData(bytes);
            if (hash.AsSpan().SequenceEqual(_appliedHash))
            {
                return;
            }

            var left = _ring.Replace(KeyRingText.Parse(bytes), _time.GetUtcNow());
            _appliedHash = hash;
            if (left is not null)
            {
                LogApplied(_logger, string.Join(", ", _ring.Epochs.Select(static epoch => epoch.Number.ToString(CultureInfo.InvariantCulture))));
                _leaving.AddRange(left.Select(epoch => (epoch, _time.GetUtcNow())));
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private void DestroyLeft()
    {
        var before = _time.GetUtcNow() - DestructionDelay;
        foreach (var (epoch, _) in _leaving.Where(leaving => leaving.Left <= before))
        {
            epoch.Dispose();
            _told.Remove(epoch.Number);
            LogDestroyed(_logger, epoch.Number);
        }

        _leaving.RemoveAll(leaving => leaving.Left <= before);
    }

    private void TellRoles()
    {
        foreach (var epoch in _ring.Status(_time.GetUtcNow()))
        {
            if (_told.TryGetValue(epoch.Number, out var told) && told == epoch.Role)
            {
                continue;
            }

            _told[epoch.Number] = epoch.Role;
            if (epoch.Role == KeyEpochRole.Expired)
            {
                LogExpired(_logger, epoch.Number);
            }
            else
            {
                LogRole(_logger, epoch.Number, KeyAlgorithmName.Of(epoch.Algorithm), epoch.Role, epoch.Until is { } until ? KeyTime.Format(until) : "a rotation begins");
            }
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
}
