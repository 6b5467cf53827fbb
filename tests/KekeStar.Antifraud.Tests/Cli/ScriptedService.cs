using System.Collections.Concurrent;
using Grpc.Core;
using KekeStar.Antifraud.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Tests.Cli;

/// <summary>A gRPC service over h2c that answers by a test's script, so that the command line is tested alone.</summary>
internal sealed class ScriptedService : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ScriptedService(WebApplication application) => _application = application;

    public string Address =>
        _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<ScriptedService> StartAsync(Script script)
    {
        var application = Build(script, []);
        application.Urls.Add("http://127.0.0.1:0");
        await application.StartAsync();
        return new ScriptedService(application);
    }

    /// <summary>Builds the service as the real host is built: from configuration arguments.</summary>
    public static WebApplication Build(Script script, string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(e => e.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(script);
        var application = builder.Build();
        application.MapGrpcService<Scores>();
        application.MapGrpcService<ListEntries>();
        return application;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    /// <summary>What the service answers, and what it was asked, in the order of arrival.</summary>
    public sealed class Script
    {
        public Func<ScoreRequest, ScoreReply> OnScore { get; init; } = r => new ScoreReply { EventId = r.EventId, Verdict = Verdict.Pass };

        public Func<ReportRequest, ReportReply> OnReport { get; init; } = _ => new ReportReply { EventFound = true, WindowsWritten = 3 };

        public ConcurrentQueue<object> Asked { get; } = new();

        public static RpcException Refuse(StatusCode code, string detail) => new(new Status(code, detail));
    }

    private sealed class Scores(Script script) : V1.Antifraud.AntifraudBase
    {
        public override Task<ScoreReply> Score(ScoreRequest request, ServerCallContext context)
        {
            script.Asked.Enqueue(request);
            return Task.FromResult(script.OnScore(request));
        }

        public override Task<ReportReply> Report(ReportRequest request, ServerCallContext context)
        {
            script.Asked.Enqueue(request);
            return Task.FromResult(script.OnReport(request));
        }
    }

    private sealed class ListEntries(Script script) : Lists.ListsBase
    {
        public override Task<PutListEntryReply> PutEntry(PutListEntryRequest request, ServerCallContext context)
        {
            script.Asked.Enqueue(request);
            return Task.FromResult(new PutListEntryReply { PseudonymPrefix = "0a1b2c3d" });
        }

        public override Task<RemoveListEntryReply> RemoveEntry(RemoveListEntryRequest request, ServerCallContext context)
        {
            script.Asked.Enqueue(request);
            return Task.FromResult(new RemoveListEntryReply { Removed = true });
        }
    }
}
