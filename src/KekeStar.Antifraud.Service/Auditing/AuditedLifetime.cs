using KekeStar.Antifraud.Audit;
using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Service.Auditing;

/// <summary>Writes the service's start and stop to the audit log, and removes what is past its retention once a day.</summary>
internal sealed class AuditedLifetime : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    private readonly AuditLog _log;
    private readonly TimeProvider _time;

    /// <summary>Writes to a log.</summary>
    public AuditedLifetime(AuditLog log, TimeProvider time)
    {
        _log = log;
        _time = time;
    }

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Should it fail: the log has said so, and scoring does not wait for it.
        await _log.AppendAsync(Entry(AuditAction.ServiceStarted), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _log.AppendAsync(Entry(AuditAction.ServiceStopped), CancellationToken.None);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await _log.RemoveExpiredAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private static AuditEntry Entry(AuditAction action) => new()
    {
        Action = action,
        Details = new AuditDetails()
            .Add("version", typeof(AuditedLifetime).Assembly.GetName().Version!.ToString(3))
            .Add("process", Environment.ProcessId),
    };
}
