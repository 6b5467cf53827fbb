using System.Security.Cryptography;
using KekeStar.Antifraud.Scoring.Loading;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Scoring;

/// <summary>
/// The policy in force. Reads its file again and again, and swaps a changed policy in as a whole: a file with any
/// error changes nothing.
/// </summary>
internal sealed partial class PolicySource : IDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly ITimer? _timer;
    private readonly Lock _reloading = new();
    private byte[] _lastHash;
    private bool _unreadable;
    private volatile Policy _current;

    /// <summary>Reads the policy and begins to watch its file.</summary>
    /// <param name="options">Where the policy comes from.</param>
    /// <param name="time">Decides when the file is read again.</param>
    /// <param name="logger">Takes what came of each change.</param>
    /// <exception cref="PolicyException">The policy has errors; the message lists them all.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public PolicySource(PolicyOptions options, TimeProvider time, ILogger<PolicySource> logger)
    {
        _path = options.Path;
        _logger = logger;
        var bytes = _path.Length == 0 ? DefaultPolicy.ReadBytes() : ReadFile(_path);
        _lastHash = SHA256.HashData(bytes);
        var result = PolicyLoader.Load(bytes);
        _current = result.Policy ?? throw new PolicyException(_path.Length == 0 ? "that ships with the library" : _path, result.Errors);
        LogApplied(_logger, _current.Version, _current.Hash, _current.Rules.Length);
        _timer = _path.Length == 0 ? null : time.CreateTimer(static source => ((PolicySource)source!).Poll(), this, options.PollInterval, options.PollInterval);
    }

    /// <summary>Raised after a changed file was looked at, on the thread that looked.</summary>
    public event EventHandler<PolicyReload>? Reloaded;

    /// <summary>The policy in force; take it once per event.</summary>
    public Policy Current => _current;

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    // A file over the limit is read no further than the limit shows.
    private static byte[] ReadFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[(int)Math.Min(stream.Length, PolicyLimits.MaxFileBytes + 1)];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : bytes[..length];
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
            var bytes = ReadFile(_path);
            _unreadable = false;
            var hash = SHA256.HashData(bytes);
            if (hash.AsSpan().SequenceEqual(_lastHash))
            {
                return;
            }

            _lastHash = hash;
            Apply(PolicyLoader.Load(bytes));
        }
        catch (Exception e)
        {
            // This runs on a timer, where an exception would end the process. Whatever a file does, be it a mistake
            // of ours that it brings to light, the old policy stays in force.
            if (!_unreadable)
            {
                _unreadable = true;
                LogUnreadable(_logger, e, _current.Version);
                Notify(PolicyReloadResult.Unreadable, []);
            }
        }
        finally
        {
            _reloading.Exit();
        }
    }

    private void Apply(PolicyResult result)
    {
        if (result.Policy is { } policy)
        {
            _current = policy;
            LogApplied(_logger, policy.Version, policy.Hash, policy.Rules.Length);
            Notify(PolicyReloadResult.Applied, []);
            return;
        }

        LogRejected(_logger, _current.Version, result.Errors.Count, string.Join("; ", result.Errors));
        Notify(PolicyReloadResult.Rejected, result.Errors);
    }

    private void Notify(PolicyReloadResult result, IReadOnlyList<PolicyError> errors)
    {
        PolicyMetrics.Reloaded(result);
        Reloaded?.Invoke(this, new PolicyReload(result, _current, errors));
    }
}
