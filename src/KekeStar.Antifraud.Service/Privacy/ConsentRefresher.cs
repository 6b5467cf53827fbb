using KekeStar.Antifraud.Rights.Consents;
using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Service.Privacy;

/// <summary>Keeps the consent markers in memory equal to the store's while the service runs.</summary>
internal sealed class ConsentRefresher : BackgroundService
{
    private readonly ConsentJournal _journal;

    /// <summary>Refreshes from a journal.</summary>
    public ConsentRefresher(ConsentJournal journal) => _journal = journal;

    /// <summary>Reads the journal once before the service takes calls: a withdrawal holds from the first event on.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _journal.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _journal.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }
}
