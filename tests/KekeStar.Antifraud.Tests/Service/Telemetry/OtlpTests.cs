using System.Text;
using Grpc.Core;
using KekeStar.Antifraud.V1;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace KekeStar.Antifraud.Tests.Service.Telemetry;

/// <summary>Traces, logs and metrics as a collector gets them.</summary>
public sealed class OtlpTests
{
    private const string Span = "kekestar.antifraud.v1.Antifraud/Score";

    private static readonly string[] Secrets =
    [
        "canary-event", "canary-account", "cafe4711cafe4711", "canary4711", "canarymodel", "canary.app", "iccid-4711", "198.51.100.211", "490154203237518", "49015420323751", "00:00:5e:00:53:af", "00005e0053af", "460071234567890", "canary-state",
    ];

    [Theory]
    [InlineData("Grpc", HttpProtocols.Http2)]
    [InlineData("HttpProtobuf", HttpProtocols.Http1)]
    public async Task A_collector_gets_what_was_decided_and_nothing_of_the_person(string protocol, HttpProtocols protocols)
    {
        await using var collector = await OtlpReceiver.StartAsync(protocols);
        await using (var host = await StartAsync(collector, $"--Antifraud:Telemetry:Otlp:Protocol={protocol}", "--Antifraud:Telemetry:Otlp:TraceShare=1", "--Antifraud:Telemetry:Otlp:Metrics=true"))
        {
            await CallInEveryWayAsync(host);
        }

        var traces = collector.Text("trace");
        foreach (var expected in new[] { Span, "kekestar.antifraud.v1.Antifraud/Report", "antifraud.scene", "Login", "antifraud.verdict", "Pass", "antifraud.score", "rpc.grpc.status_code" })
        {
            Assert.Contains(expected, traces, StringComparison.Ordinal);
        }

        Assert.Contains("Now listening on", collector.Text("logs"), StringComparison.Ordinal);
        Assert.Contains("antifraud.decisions", collector.Text("metrics"), StringComparison.Ordinal);
        Assert.All((string[])["trace", "logs", "metrics"], signal => AssertHoldsNoSecret(collector.Text(signal)));
    }

    [Theory]
    [InlineData("01", true)]
    [InlineData("00", false)]
    public async Task A_gateway_that_traces_decides_and_its_state_is_not_passed_on(string flags, bool isTraced)
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        await using var collector = await OtlpReceiver.StartAsync(HttpProtocols.Http2);
        await using (var host = await StartAsync(collector, $"--Antifraud:Telemetry:Otlp:TraceShare={(isTraced ? "0.000000001" : "1")}"))
        {
            var headers = new Metadata { { "traceparent", $"00-{trace}-b7ad6b7169203331-{flags}" }, { "tracestate", "canary-state=1" }, { "baggage", "user=canary-account" } };
            await host.Client.ScoreAsync(Canary(), headers);
        }

        var traces = collector.Text("trace");
        Assert.Equal(isTraced, traces.Contains(Span, StringComparison.Ordinal));
        Assert.Equal(isTraced, traces.Contains(Encoding.Latin1.GetString(Convert.FromHexString(trace)), StringComparison.Ordinal));
        AssertHoldsNoSecret(traces);
    }

    [Fact]
    public async Task Without_a_share_there_are_no_traces_and_without_logs_no_logs()
    {
        await using var collector = await OtlpReceiver.StartAsync(HttpProtocols.Http2);
        await using (var host = await StartAsync(collector, "--Antifraud:Telemetry:Otlp:TraceShare=0", "--Antifraud:Telemetry:Otlp:Logs=false", "--Antifraud:Telemetry:Otlp:Metrics=true"))
        {
            await host.Client.ScoreAsync(Canary(), new Metadata { { "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" } });
        }

        Assert.NotEmpty(collector.Text("metrics"));
        Assert.Empty(collector.Text("trace"));
        Assert.Empty(collector.Text("logs"));
    }

    [Fact]
    public async Task Without_a_collector_nothing_of_it_is_there()
    {
        await using var host = await ServiceHost.StartAsync();
        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.DoesNotContain(host.Services.GetServices<ILoggerProvider>(), static provider => provider is OpenTelemetryLoggerProvider);
    }

    [Fact]
    public async Task A_collector_that_is_away_costs_no_answer()
    {
        await using var host = await ServiceHost.StartAsync(
            $"--Antifraud:Telemetry:Otlp:Endpoint=http://127.0.0.1:{LoopbackPort.Take()}", "--Antifraud:Telemetry:Otlp:TraceShare=1");
        for (var i = 0; i < 100; i++)
        {
            Assert.Empty((await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()))).Degraded);
        }
    }

    private static Task<ServiceHost> StartAsync(OtlpReceiver collector, params string[] settings) =>
        ServiceHost.StartAsync([$"--Antifraud:Telemetry:Otlp:Endpoint={collector.Address}", .. settings]);

    private static async Task CallInEveryWayAsync(ServiceHost host)
    {
        var canary = Canary();
        await host.Client.ScoreAsync(canary);
        var batch = new ScoreBatchRequest { Events = { canary } };
        await host.Client.ScoreBatchAsync(batch);
        using (var stream = host.Client.ScoreStream())
        {
            await stream.RequestStream.WriteAsync(canary);
            Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
            await stream.RequestStream.CompleteAsync();
        }

        await host.Client.ReportAsync(new ReportRequest { EventId = canary.EventId, AccountId = canary.AccountId, Outcome = Outcome.LoginFailed });
        using var content = Requests.Json(canary);
        (await host.Web.PostAsync("/v1/score", content)).EnsureSuccessStatusCode();
        await Requests.StatusOfAsync(() => new Lists.ListsClient(host.Channel).RemoveEntryAsync(
            new RemoveListEntryRequest { EntityKind = "account", Value = canary.AccountId }).ResponseAsync);
        canary.EventId += new string('x', 64);
        await Requests.StatusOfAsync(() => host.Client.ScoreAsync(canary).ResponseAsync);
        using var wrong = new StringContent("""{"event_id": "canary-event-1", "scene": "canary-account", "device": {"imei": 490154203237518}}""", Encoding.UTF8, "application/json");
        await host.Web.PostAsync("/v1/score", wrong);
        await host.Web.GetAsync("/canary-account-4711");
    }

    private static ScoreRequest Canary() => new()
    {
        EventId = "canary-event-4711",
        Scene = Scene.Login,
        AccountId = "canary-account-4711",
        ClientIp = "198.51.100.211",
        Consent = new Consent { Granted = { Enum.GetValues<ConsentCategory>() } },
        Device = new DeviceSignals
        {
            Imei = "490154203237518",
            AndroidId = "cafe4711cafe4711",
            Mac = "00:00:5e:00:53:af",
            Serial = "CANARY4711",
            Model = "CanaryModel",
            Software = { "com.canary.app4711" },
            Sims = { new SimSignals { Imsi = "460071234567890", Iccid = "not-an-iccid-4711" } },
        },
    };

    private static void AssertHoldsNoSecret(string received) =>
        Assert.DoesNotContain(Secrets, secret => received.Contains(secret, StringComparison.OrdinalIgnoreCase));
}
