using KekeStar.Antifraud.Scoring.Lists;
using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Service.Listing;

/// <summary>Keeps the lists in memory equal to the store's while the service runs.</summary>
internal sealed class ListRefresher : BackgroundService
{
    private readonly ListJournal _journal;

    /// <summary>Refreshes from a journal.</summary>
    public ListRefresher(ListJournal journal) => _journal = journal;

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
