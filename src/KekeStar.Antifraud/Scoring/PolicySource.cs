using System.Security.Cryptography;
using KekeStar.Antifraud.Scoring.Editing;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Scoring.Model;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Scoring;

/// <summary>
/// The policy in force: a file's, or the newest version of a folder. Reads it again and again, and swaps a changed policy in as a
/// whole: one with any error changes nothing.
/// </summary>
internal sealed partial class PolicySource : IDisposable
{
    private readonly string _path;
    private readonly string _folder;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ITimer? _timer;
    private readonly Lock _reloading = new();
    private byte[] _lastHash;
    private string _refusal = "";
    private long _refusedAt;
    private int _version;
    private bool _unreadable;
    private volatile byte[] _bytes;
    private volatile Policy _current;

    /// <summary>Reads the policy and begins to watch its file.</summary>
    /// <param name="options">Where the policy comes from.</param>
    /// <param name="time">Decides when the file is read again.</param>
    /// <param name="logger">Takes what came of each change.</param>
    /// <param name="models">The models that a policy may name; null: the shipped one alone.</param>
    /// <exception cref="PolicyException">The policy has errors; the message lists them all.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The newest version is not what was published.</exception>
    public PolicySource(PolicyOptions options, TimeProvider time, ILogger<PolicySource> logger, ModelLibrary? models = null)
    {
        _path = options.Path;
        _folder = options.Directory;
        _logger = logger;
        _time = time;
        Models = models ?? ModelLibrary.Shipped;
        _bytes = Read(out _version);
        _lastHash = SHA256.HashData(_bytes);
        var result = PolicyLoader.Load(_bytes, Models);
        _current = result.Policy ?? throw new PolicyException(Name(), result.Errors);
        LogApplied(_logger, _current.Version, _current.Hash, _current.Rules.Length);
        _timer = _path.Length == 0 && _folder.Length == 0 ? null : time.CreateTimer(static source => ((PolicySource)source!).Poll(), this, options.PollInterval, options.PollInterval);
    }

    /// <summary>Raised after a changed file was looked at, on the thread that looked.</summary>
    public event EventHandler<PolicyReload>? Reloaded;

    /// <summary>The policy in force; take it once per event.</summary>
    public Policy Current => _current;

    /// <summary>The models that policies may name.</summary>
    public ModelLibrary Models { get; }

    /// <summary>The text of the policy in force, UTF-8.</summary>
    public ReadOnlyMemory<byte> CurrentBytes => _bytes;

    /// <summary>True if the policy is a file's, which nobody publishes to from here.</summary>
    public bool IsFile => _path.Length > 0;

    /// <summary>Looks for a change at once.</summary>
    public void Look() => Poll();

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

    private string Name() => _path.Length > 0 ? _path
        : _version > 0 ? Path.Combine(_folder, $"version {_version}")
        : "that ships with the library";

    // A published version never changes: to see that it is the newest is enough. Files and what was refused are read again.
    private bool IsStillNewest() => _path.Length == 0 && (_folder.Length == 0 || PolicyFolder.Newest(_folder) == _version);

    private byte[] Read(out int version)
    {
        version = 0;
        if (_path.Length > 0)
        {
            return ReadFile(_path);
        }

        version = _folder.Length == 0 ? 0 : PolicyFolder.Newest(_folder);

        // A folder that is gone for a while, such as a volume, must not bring the shipped policy back.
        return version < _version ? throw new FileNotFoundException($"Version {_version}, which is in force, is no longer in the folder.")
            : version == 0 ? DefaultPolicy.ReadBytes()
            : PolicyFolder.BytesOf(PolicyFolder.ReadVersion(_folder, version));
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
            if (IsStillNewest())
            {
                _unreadable = false;
                return;
            }

            var bytes = Read(out var version);
            _unreadable = false;
            var hash = SHA256.HashData(bytes);
            if (!hash.AsSpan().SequenceEqual(_lastHash))
            {
                _lastHash = hash;
                _refusal = "";
            }
            else if (_refusal.Length == 0)
            {
                _version = version;
                return;
            }
            else if (_time.GetElapsedTime(_refusedAt) < PolicyLimits.RefusalRetry)
            {
                return;
            }

            if (Apply(PolicyLoader.Load(bytes, Models), bytes))
            {
                _version = version;
            }
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

    private bool Apply(PolicyResult result, byte[] bytes)
    {
        if (result.Policy is { } policy)
        {
            _bytes = bytes;
            _current = policy;
            _refusal = "";
            LogApplied(_logger, policy.Version, policy.Hash, policy.Rules.Length);
            Notify(PolicyReloadResult.Applied, []);
            return true;
        }

        // It is tried again, because the file of a model that it names may come; each cause is told once.
        _refusedAt = _time.GetTimestamp();
        var refusal = string.Join("; ", result.Errors);
        if (!string.Equals(refusal, _refusal, StringComparison.Ordinal))
        {
            _refusal = refusal;
            LogRejected(_logger, _current.Version, result.Errors.Count, refusal);
            Notify(PolicyReloadResult.Rejected, result.Errors);
        }

        return false;
    }

    private void Notify(PolicyReloadResult result, IReadOnlyList<PolicyError> errors)
    {
        PolicyMetrics.Reloaded(result);
        Reloaded?.Invoke(this, new PolicyReload(result, _current, errors));
    }
}
