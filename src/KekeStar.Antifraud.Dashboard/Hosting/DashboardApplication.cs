using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Accounts;
using KekeStar.Antifraud.Dashboard.Archiving;
using KekeStar.Antifraud.Dashboard.Assets;
using KekeStar.Antifraud.Dashboard.Auditing;
using KekeStar.Antifraud.Dashboard.Decisions;
using KekeStar.Antifraud.Dashboard.Feedback;
using KekeStar.Antifraud.Dashboard.Gangs;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Lists;
using KekeStar.Antifraud.Dashboard.Live;
using KekeStar.Antifraud.Dashboard.Policies;
using KekeStar.Antifraud.Dashboard.Rights;
using KekeStar.Antifraud.Dashboard.Sessions;
using KekeStar.Antifraud.Dashboard.Shell;
using KekeStar.Antifraud.Dashboard.SignIn;
using KekeStar.Antifraud.Dashboard.Status;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.Service.Listing;
using KekeStar.Antifraud.Service.Memory;
using KekeStar.Antifraud.Service.Privacy;
using KekeStar.Antifraud.Telemetry;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Windows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MudBlazor.Services;

namespace KekeStar.Antifraud.Dashboard.Hosting;

/// <summary>Builds the dashboard's web application.</summary>
internal static class DashboardApplication
{
    // A sign-in form and nothing larger comes as a request; what pages send comes over their connection, 32 KiB at a time.
    private const int MaxRequestBytes = 64 * 1024;

    // Of closed tabs and lost connections; each holds its page's memory.
    private const int RetainedCircuits = 20;

    /// <summary>Builds it; nothing listens until it is started.</summary>
    /// <param name="service">The running service.</param>
    /// <param name="options">All settings; checked before.</param>
    public static WebApplication Build(IServiceProvider service, AntifraudOptions options)
    {
        // Reads no configuration of its own: the service has read and checked all of it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DashboardApplication).Assembly.GetName().Name,
            EnvironmentName = Environments.Production,
        });
        var address = ListenAddress.Parse(options.Dashboard.Listen);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.Listen(address.EndPoint, listen =>
            {
                listen.Protocols = address.IsTls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
                if (address.IsTls)
                {
                    listen.UseHttps(https => https.Present(options.Listen));
                }
            });
        });
        var services = builder.Services;
        AddPlumbing(services, service);
        AddShared(services, service);
        var offer = new SignInOffer(
            options.Dashboard.Accounts.Enabled ?? address.IsLoopback, !string.IsNullOrEmpty(options.Dashboard.OpenIdConnect.Authority));
        services.AddSingleton(options.Dashboard);
        services.AddSingleton(options.Audit);
        services.AddSingleton(options.Store);
        services.AddSingleton(offer);
        AddSignIn(services, options, offer, address.IsTls);
        services.AddAccess();
        services.AddPages();
        services.AddRazorComponents().AddInteractiveServerComponents(circuits => circuits.DisconnectedCircuitMaxRetained = RetainedCircuits);
        services.AddMudServices();
        return Build(builder, address.IsTls, offer);
    }

    private static WebApplication Build(WebApplicationBuilder builder, bool isTls, SignInOffer offer)
    {
        var application = builder.Build();
        application.UseSecurityHeaders(isTls);

        // For whoever opens a page: a form sent again, to the page that says what was wrong, would be judged as that page's form.
        application.UseWhen(static http => HttpMethods.IsGet(http.Request.Method), static opened =>
        {
            opened.UseExceptionHandler("/problem/500", createScopeForErrors: true);
            opened.UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true);
        });
        application.UseRouting();
        application.UseRateLimiter();
        application.UseAuthentication();
        application.UseAuthorization();
        application.UseAntiforgery();
        application.MapAssets();
        application.MapSignIn(offer);
        application.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(static circuits => circuits.ContentSecurityFrameAncestorsPolicy = null)
            .RequireTable();
        return application;
    }

    private static void AddPlumbing(IServiceCollection services, IServiceProvider service)
    {
        services.AddRouting();
        services.AddLogging();
        services.Replace(ServiceDescriptor.Singleton(service.GetRequiredService<ILoggerFactory>()));
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, OwnLifetime>());

        // What people type passes through Kestrel's memory, too.
        services.AddZeroingMemory();

        // Keys in memory alone: sessions end with the process as well, and nothing lies on disk to be stolen.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
    }

    // As instances: a container disposes of what it makes, and these are the service's.
    private static void AddShared(IServiceCollection services, IServiceProvider service)
    {
        services.AddSingleton(new ServiceMeters(service.GetRequiredService<IMeterFactory>()));
        services.AddSingleton(service.GetRequiredService<TimeProvider>());
        services.AddSingleton(new OptionalArchive(service.GetService<DecisionArchive>(), service.GetService<FeedbackBook>()));
        services.AddSingleton(new ArchiveHealth(service.GetService<ArchiveMetrics>(), service.GetService<ArchiveCatalog>(), service.GetService<DecisionRecordQueue>()));
        services.AddSingleton(service.GetRequiredService<AuditLog>());
        services.AddSingleton(service.GetRequiredService<KeyRing>());
        services.AddSingleton(service.GetRequiredService<ListBook>());
        services.AddSingleton(service.GetRequiredService<ListsService>());
        services.AddSingleton(service.GetRequiredService<ListRequestReader>());
        services.AddSingleton(service.GetRequiredService<PrivacyService>());
        services.AddSingleton(service.GetRequiredService<PrivacyRequestReader>());
        services.AddSingleton(service.GetRequiredService<PolicySource>());
        services.AddSingleton(service.GetRequiredService<DecisionMetrics>());
        services.AddSingleton(service.GetRequiredService<PolicyWorkbench>());
        services.AddSingleton(service.GetRequiredService<StoreGate>());
        services.AddSingleton(service.GetRequiredService<IWindowStore>());
    }

    private static void AddSignIn(IServiceCollection services, AntifraudOptions options, SignInOffer offer, bool isTls)
    {
        services.AddSingleton<PasswordChecks>();
        services.AddSingleton(options.Dashboard.Accounts);
        services.AddSingleton<LockOuts>();
        services.AddSingleton<AccountBook>();
        services.AddSingleton<LocalSignIn>();
        services.AddRateLimiter(static limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(static http =>
                HttpMethods.IsPost(http.Request.Method) && http.Request.Path.StartsWithSegments("/sign-in", StringComparison.Ordinal)
                    ? RateLimitPartition.GetFixedWindowLimiter(
                        http.Connection.RemoteIpAddress?.ToString() ?? "",
                        static _ => new FixedWindowRateLimiterOptions { PermitLimit = SignInLimits.AttemptsPerMinute, Window = TimeSpan.FromMinutes(1) })
                    : RateLimitPartition.GetNoLimiter(""));
        });
        var authentication = services.AddSessions(options.Dashboard, isTls);
        if (offer.HasCompany)
        {
            authentication.AddCompanySignIn(options.Dashboard.OpenIdConnect, isTls);
        }
    }

    private static void AddPages(this IServiceCollection services)
    {
        services.AddScoped<Texts>();
        services.AddScoped<LocalClock>();
        services.AddScoped<Preferences>();
        services.AddScoped<ConsoleScript>();
        services.AddSingleton<LiveDecisions>();
        services.AddSingleton<AuditPages>();
        services.AddSingleton<RightsRequests>();
        services.AddSingleton<ServiceCounters>();
        services.AddSingleton<ModelStatus>();
        services.AddSingleton<SystemStatus>();
        services.AddSingleton<GangWatch>();
        services.AddScoped<LookupDesk>();
        services.AddSingleton<DryRuns>();
        services.AddSingleton<DecidingPolicies>();
        services.AddScoped<PolicyDesk>();
        services.AddScoped<FeedbackDesk>();
        services.AddScoped<ListDesk>();
        services.AddScoped<RightsDesk>();
        services.AddScoped<AccountDesk>();
    }
}
