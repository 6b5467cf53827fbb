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
    /// <summary>The receipt of every right.</summary>
    public const string ReceiptId = "3X6R0VJ5T2M8Q4ZC7H1NBKEWGD";

    /// <summary>The hash of every receipt.</summary>
    public static readonly string ReceiptHash = new('a', 64);

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
        application.MapGrpcService<Rights>();
        return application;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    /// <summary>What the service answers, and what it was asked, in the order of arrival.</summary>
    public sealed class Script
    {
        public Func<ScoreRequest, ScoreReply> OnScore { get; init; } = r => new ScoreReply { EventId = r.EventId, Verdict = Verdict.Pass };

        public Func<ReportRequest, ReportReply> OnReport { get; init; } = _ => new ReportReply { EventFound = true, WindowsWritten = 3 };

        public Func<EraseAccountRequest, Task<EraseAccountReply>> OnErase { get; init; } = _ => Task.FromResult(
            new EraseAccountReply { ReceiptId = ReceiptId, ReceiptHash = ReceiptHash, RecordsRemoved = 12, LogsChanged = 9, ListEntriesRemoved = 1 });

        /// <summary>Pieces of an exported document; the export fails behind the last one if it is null.</summary>
        public byte[]?[] Pieces { get; init; } = [];

        public ConcurrentQueue<object> Asked { get; } = new();

        public static RpcException Refuse(StatusCode code, string detail) => new(new Status(code, detail));
    }

    private sealed class Rights(Script script) : V1.Privacy.PrivacyBase
    {
        public override Task<EraseAccountReply> EraseAccount(EraseAccountRequest request, ServerCallContext context)
        {
            script.Asked.Enqueue(request);
            return script.OnErase(request);
        }

        public override async Task ExportAccount(
            ExportAccountRequest request, IServerStreamWriter<ExportAccountChunk> responseStream, ServerCallContext context)
        {
            script.Asked.Enqueue(request);
            for (var i = 0; i < script.Pieces.Length; i++)
            {
                var piece = script.Pieces[i] ?? throw Script.Refuse(StatusCode.Unavailable, "The store did not take all of it.");
                await responseStream.WriteAsync(new ExportAccountChunk
                {
                    ReceiptId = i == 0 ? ReceiptId : "",
                    ReceiptHash = i == 0 ? ReceiptHash : "",
                    Document = Google.Protobuf.ByteString.CopyFrom(piece),
                });
            }
        }

        public override Task<WithdrawConsentReply> WithdrawConsent(WithdrawConsentRequest request, ServerCallContext context)
        {
            script.Asked.Enqueue(request);
            return Task.FromResult(new WithdrawConsentReply { ReceiptId = ReceiptId, ReceiptHash = ReceiptHash, RecordsRemoved = 1, LogsChanged = 1 });
        }

        public override Task<CorrectOutcomeReply> CorrectOutcome(CorrectOutcomeRequest request, ServerCallContext context)
        {
            script.Asked.Enqueue(request);
            return Task.FromResult(new CorrectOutcomeReply { ReceiptId = ReceiptId, ReceiptHash = ReceiptHash, RecordsRemoved = request.AccountId.Length == 0 ? 0u : 3u });
        }

        public override Task<KeyStatus> GetKeyStatus(GetKeyStatusRequest request, ServerCallContext context) => Task.FromResult(new KeyStatus
        {
            Epochs =
            {
                new KeyEpochStatus
                {
                    Epoch = 1,
                    Role = KeyEpochRole.Current,
                    RoleUntil = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 12, 12, 10, 0, 0, TimeSpan.Zero)),
                    ListEntries = 4,
                },
                new KeyEpochStatus { Epoch = 2, Role = KeyEpochRole.Filling },
            },
        });
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
