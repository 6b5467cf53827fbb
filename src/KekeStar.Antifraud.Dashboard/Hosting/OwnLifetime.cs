using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Dashboard.Hosting;

/// <summary>The dashboard lives and ends with the service, which listens for signals.</summary>
internal sealed class OwnLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
