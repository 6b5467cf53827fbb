using Grpc.AspNetCore.Server;
using Grpc.Reflection;
using Grpc.Reflection.V1;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Service.Archiving;
using KekeStar.Antifraud.Service.Auditing;
using KekeStar.Antifraud.Service.Hardening;
using KekeStar.Antifraud.Service.Health;
using KekeStar.Antifraud.Service.Inventory;
using KekeStar.Antifraud.Service.Keys;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.Service.Listing;
using KekeStar.Antifraud.Service.Memory;
using KekeStar.Antifraud.Service.Privacy;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.Service.Stores;
using KekeStar.Antifraud.Service.Telemetry;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KekeStar.Antifraud.Service.Hosting;

/// <summary>Puts the service together.</summary>
public static class AntifraudHost
{
    private const string ReadOnce = "--hostBuilder:reloadConfigOnChange=false";

    private static readonly KeyValuePair<string, string?>[] LoggingDefaults =
    [
        new("Logging:LogLevel:Default", "Information"),
        new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),

        // Where this category may log anything at all, ASP.NET Core makes an activity, its identifiers as text and a log scope for
        // each call (docs/decisions/0024). It logs nothing at this level but the start and end of each call, and a failing start.
        new("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "None"),
    ];

    /// <summary>Builds the service; nothing listens until it is run.</summary>
    /// <param name="args">Configuration, <c>--Antifraud:Store:Kind=redis</c> and so on; goes before environment and appsettings.json.</param>
    /// <exception cref="OptionsValidationException">Settings are wrong; holds every error.</exception>
    /// <exception cref="InvalidOperationException">The key ring or the store cannot be opened; the message says what to do.</exception>
    public static Task<WebApplication> BuildAsync(params string[] args) => BuildAsync(args, static (WebApplicationBuilder _) => { });

    /// <summary>
    /// Builds the service and lets the caller change it last of all. For the benches, which measure what a protection
    /// costs against the service without it: no setting may switch one off.
    /// </summary>
    internal static Task<WebApplication> BuildAsync(string[] args, Action<WebApplicationBuilder> adjust) =>
        BuildAsync(args, (builder, _) => adjust(builder));

    /// <summary>Builds the service and lets the caller add to it last of all: the dashboard, which this project does not know.</summary>
    internal static async Task<WebApplication> BuildAsync(string[] args, Action<WebApplicationBuilder, AntifraudOptions> adjust)
    {
        // Settings are read once, at start. To watch for changes, the host would watch the whole working directory: where the
        // data directory lies in it, each write to the append-only file woke a thread (docs/decisions/0024).
        var builder = WebApplication.CreateSlimBuilder([ReadOnce, .. args]);

        // Behind every other source. ASP.NET Core's own level logs four lines for each request.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LoggingDefaults });
        var options = new AntifraudOptions();
        var errors = new List<string>();
        OptionsReader.Read(builder.Configuration.GetSection(AntifraudOptions.Section), options, errors);
        AntifraudOptionsCheck.Check(options, errors);
        using var startLogging = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());

        // Before the keys are read.
        ProcessHardening.Apply(options.Process, IsLoopback(options.Listen), startLogging.CreateLogger(typeof(ProcessHardening)));
        builder.AddListening(options.Listen);
        builder.Services.AddZeroingMemory();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddScoring(options);
        IAsyncDisposable store = await builder.Services.AddWindowsAsync(options, startLogging);

        try
        {
            return Build(builder, options, adjust);
        }
        catch (Exception failure)
        {
            // The directory or the connection must not stay taken.
            await store.DisposeAsync();
            if (failure is PolicyException or InvalidDataException)
            {
                throw new OptionsValidationException(AntifraudOptions.Section, typeof(AntifraudOptions), [$"Antifraud:Policy:{(options.Policy.Path.Length > 0 ? "Path" : "Directory")}: {failure.Message}"]);
            }

            throw;
        }
    }

    private static WebApplication Build(WebApplicationBuilder builder, AntifraudOptions options, Action<WebApplicationBuilder, AntifraudOptions> adjust)
    {
        builder.Services.AddArchive(options.Archive, options.Kafka);
        builder.Services.AddAuditing(options.Audit);
        builder.Services.AddKeyAudit();
        builder.Services.AddListing();
        builder.Services.AddPrivacy();
        builder.Services.AddHealth();
        builder.Services.AddTelemetry(builder.Logging, options.Telemetry);
        var grpc = builder.Services.AddGrpc(static grpc => grpc.MaxReceiveMessageSize = IntakeLimits.MaxBatchBytes);

        // Compression off: a few hundred kilobytes of gzip can stand for gigabytes. After all configuration, because
        // gRPC's own puts its providers back where there are none.
        builder.Services.PostConfigure<GrpcServiceOptions>(static grpc => grpc.CompressionProviders.Clear());
        var json = options.Listen.Json ?? IsLoopback(options.Listen);
        if (json)
        {
            AddJson(builder, grpc);
        }

        AddReflection(builder.Services);
        adjust(builder, options);
        var application = builder.Build();

        // First of all, so that a policy, a table or a key file with errors, or an audit log in use, stops the start with its own
        // message. The log comes last: nothing then keeps its directory taken.
        _ = application.Services.GetRequiredService<PolicySource>();
        _ = application.Services.GetRequiredService<ReferenceTableSource>();
        _ = application.Services.GetRequiredService<SealingKeys>();
        _ = application.Services.GetRequiredService<AuditLog>();
        application.Services.BeginCounting();

        // Only where an endpoint asks for it: the middleware notes in a dictionary of each call that it was there. Without the key,
        // which UseAuthorization sets in the branch alone, ASP.NET Core would put it in front of all calls once more.
        ((IApplicationBuilder)application).Properties["__AuthorizationMiddlewareSet"] = true;
        application.UseWhen(
            static http => http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null,
            static guarded => guarded.UseAuthorization());
        if (json)
        {
            application.UseJsonRefusals();
        }

        var tracing = options.Telemetry.Otlp.HasTraces ? new CallTracing(options.Telemetry.Otlp.TraceShare) : null;
        application.MapScoring(json, options.Listen.Callers, tracing);
        application.MapListing(json, tracing);
        application.MapPrivacy(tracing);
        application.MapHealth();
        application.MapTelemetry();
        application.MapInventory();
        application.MapGrpcReflectionService().RequireAuthorization(ListeningExtensions.CallersPolicy);
        return application;
    }

    private static void AddJson(WebApplicationBuilder builder, IGrpcServerBuilder grpc)
    {
        grpc.AddJsonTranscoding();
        grpc.AddServiceOptions<AntifraudJsonService>(static json => json.Interceptors.Add<JsonReached>());
        grpc.AddServiceOptions<ListsJsonService>(static json => json.Interceptors.Add<JsonReached>());

        // It looks for a bind method at every gRPC service and warns that the hot path's has none; JSON takes
        // AntifraudJsonService instead.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Grpc.JsonTranscoding.Internal.Binding.JsonTranscodingServiceMethodProvider", LogLevel.Error);

        // It logs the exceptions of its JSON readers, which repeat the value that they could not convert.
        builder.Logging.AddFilter("Grpc.AspNetCore.Grpc.JsonTranscoding", LogLevel.Error);
    }

    // By hand, because reflection finds a service's descriptor through its generated base class, which the hot path's
    // has not.
    private static void AddReflection(IServiceCollection services)
    {
        Google.Protobuf.Reflection.ServiceDescriptor[] contract = [V1.Antifraud.Descriptor, V1.Lists.Descriptor, V1.Privacy.Descriptor, Grpc.Health.V1.Health.Descriptor, ServerReflection.Descriptor];
        services.AddSingleton(new ReflectionServiceImpl(contract));
        services.AddSingleton(new ReflectionV1ServiceImpl(contract));
        services.AddGrpcReflection();
    }

    private static bool IsLoopback(ListenOptions options) =>
        (!ListenAddress.TryParse(options.Grpc, out var grpc) || grpc.IsLoopback)
        && (!ListenAddress.TryParse(options.Web, out var web) || web.IsLoopback);
}
