using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Service.Keys;

/// <summary>
/// Writes each role that a key epoch takes to the audit log, and each epoch that the service lets go of. Where a rotation
/// was or is, a start writes all roles anew: they may have changed while the service was down.
/// </summary>
internal sealed class KeyAudit : BackgroundService
{
    /// <summary>Between two looks at the ring: 1 minute; roles last for days.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly KeyRing _ring;
    private readonly AuditLog _log;
    private readonly TimeProvider _time;
    private readonly Dictionary<byte, KeyEpochRole> _written = [];

    /// <summary>Looks at a ring and writes to a log.</summary>
    public KeyAudit(KeyRing ring, AuditLog log, TimeProvider time)
    {
        _ring = ring;
        _log = log;
        _time = time;
    }

    /// <summary>Writes what changed since the last look; what the log does not take now is written at the next.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        var states = _ring.Status(_time.GetUtcNow());
        foreach (var state in states)
        {
            if (_written.TryGetValue(state.Number, out var role) && role == state.Role)
            {
                continue;
            }

            // An only epoch that was always current: nothing happened.
            var isStep = state.Role != KeyEpochRole.Current || state.Since is not null || _written.ContainsKey(state.Number);
            if (!isStep || await WriteAsync(AuditAction.KeyEpochRole, state.Number, Details(state), cancellation))
            {
                _written[state.Number] = state.Role;
            }
        }

        foreach (var gone in _written.Keys.Except(states.Select(static state => state.Number)).ToList())
        {
            if (await WriteAsync(AuditAction.KeyDestroyed, gone, new AuditDetails(), cancellation))
            {
                _written.Remove(gone);
            }
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private static AuditDetails Details(KeyEpochState state)
    {
        var details = new AuditDetails()
            .Add("algorithm", KeyAlgorithmName.Of(state.Algorithm))
            .Add("role", state.Role.ToString().ToLowerInvariant());
        return state.Until is { } until ? details.Add("until_unix", until.ToUnixTimeSeconds()) : details;
    }

    private async Task<bool> WriteAsync(AuditAction action, byte epoch, AuditDetails details, CancellationToken cancellation) =>
        await _log.AppendAsync(new AuditEntry { Action = action, Purpose = "key_rotation", Details = details.Add("epoch", epoch) }, cancellation) is not null;
}
