using KekeStar.Antifraud.Dashboard.Live;
using KekeStar.Antifraud.Dashboard.SignIn;
using KekeStar.Antifraud.Dashboard.Status;
using KekeStar.Antifraud.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Dashboard.Hosting;

/// <summary>
/// Runs the dashboard as a web application of its own in the service's process: a pipeline, a container and a port apart, so that a
/// call that scores passes none of what pages need (docs/decisions/0031).
/// </summary>
/// <param name="service">The service, whose singletons the dashboard shows.</param>
/// <param name="options">All settings.</param>
internal sealed class DashboardServer(IServiceProvider service, AntifraudOptions options) : IHostedService, IAsyncDisposable
{
    // Open pages hold their connection for as long as they are open; a service that stops does not wait for people.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    private WebApplication? _application;

    /// <summary>The addresses that it listens on, once it runs.</summary>
    public ICollection<string> Urls => _application?.Urls ?? [];

    /// <summary>The dashboard's services, once it runs.</summary>
    public IServiceProvider Services => _application?.Services ?? throw new InvalidOperationException("The dashboard does not run.");

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _application = DashboardApplication.Build(service, options);
        _ = _application.Services.GetRequiredService<ServiceCounters>();
        _ = _application.Services.GetRequiredService<ModelStatus>();
        if (_application.Services.GetRequiredService<SignInOffer>().HasAccounts)
        {
            await _application.Services.GetRequiredService<AccountBook>().OpenAsync(cancellationToken);
        }

        _application.Services.GetRequiredService<LiveDecisions>().Start();
        await _application.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_application is not null)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(StopPatience);
            await _application.StopAsync(patience.Token);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
            _application = null;
        }
    }
}
