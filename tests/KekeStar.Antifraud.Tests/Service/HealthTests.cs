using System.Net;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using KekeStar.Antifraud.Tests.Windows.Redis;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Health over gRPC and HTTP, reflection and metrics.</summary>
[Collection(nameof(ServiceCollection))]
public sealed class HealthTests(SharedService shared)
{
    private readonly ServiceHost _host = shared.Host;

    [Fact]
    public async Task With_its_store_the_service_is_healthy_by_every_name()
    {
        var health = new Health.HealthClient(_host.Channel);
        foreach (var name in new[] { "", V1.Antifraud.Descriptor.FullName, "store" })
        {
            Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest { Service = name })).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await _host.Web.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _host.Web.GetAsync("/health/store")).StatusCode);
        var unknown = await Requests.StatusOfAsync(() => health.CheckAsync(new HealthCheckRequest { Service = "other" }).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Without_its_store_the_service_lives_and_only_the_store_is_down()
    {
        await using var absent = RedisServerProcess.Prepare();
        await using var host = await ServiceHost.StartAsync(
            "--Antifraud:Store:Kind=redis", $"--Antifraud:Store:Redis:Configuration={absent.EndPoint}", "--Antifraud:Store:Redis:ConnectTimeout=00:00:00.200");
        var health = new Health.HealthClient(host.Channel);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest())).Status);
        Assert.Equal(
            HealthCheckResponse.Types.ServingStatus.Serving,
            (await health.CheckAsync(new HealthCheckRequest { Service = V1.Antifraud.Descriptor.FullName })).Status);
        Assert.Equal(
            HealthCheckResponse.Types.ServingStatus.NotServing, (await health.CheckAsync(new HealthCheckRequest { Service = "store" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Web.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Web.GetAsync("/health/store")).StatusCode);

        var reply = await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()));
        Assert.Equal(Verdict.Review, reply.Verdict);
        Assert.Equal(DegradedCause.StoreUnavailable, Assert.Single(reply.Degraded));
        var report = await host.Client.ReportAsync(new ReportRequest { EventId = "id", Outcome = Outcome.LoginFailed });
        Assert.Equal(DegradedCause.StoreUnavailable, Assert.Single(report.Degraded));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reflection_lists_the_services_and_describes_the_contract(bool isJsonOn)
    {
        await using var host = await ServiceHost.StartAsync($"--Antifraud:Listen:Json={isJsonOn}");
        using var stream = new ServerReflection.ServerReflectionClient(host.Channel).ServerReflectionInfo();
        var services = (await AskAsync(stream, new ServerReflectionRequest { ListServices = "*" })).ListServicesResponse.Service.Select(s => s.Name);
        Assert.Equal(
            ["grpc.health.v1.Health", "kekestar.antifraud.v1.Antifraud", "kekestar.antifraud.v1.Lists", "kekestar.antifraud.v1.Privacy"],
            services.Where(name => !name.Contains("reflection", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);

        var reply = await AskAsync(stream, new ServerReflectionRequest { FileContainingSymbol = V1.Antifraud.Descriptor.FullName });
        var files = reply.FileDescriptorResponse.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom).ToList();
        var methods = files.SelectMany(file => file.Service).Single(service => service.Name == "Antifraud").Method;
        Assert.Equal(["Score", "ScoreStream", "ScoreBatch", "Report"], methods.Select(method => method.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Metrics_count_decisions_and_neither_they_nor_the_log_hold_an_identifier()
    {
        var canary = new ScoreRequest
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
        string[] secrets =
        [
            "canary-event", "canary-account", "cafe4711", "canary4711", "canarymodel", "canary.app", "iccid-4711", "198.51.100.211", "490154203237518", "49015420323751", "00:00:5e:00:53:af", "00005e0053af", "460071234567890",
        ];
        await _host.Client.ScoreAsync(canary);
        using var content = Requests.Json(canary);
        (await _host.Web.PostAsync("/v1/score", content)).EnsureSuccessStatusCode();
        await _host.Client.ReportAsync(new ReportRequest { EventId = canary.EventId, AccountId = canary.AccountId, Outcome = Outcome.LoginFailed, Provider = "canary" });
        canary.EventId += new string('x', 64);
        await Requests.StatusOfAsync(() => _host.Client.ScoreAsync(canary).ResponseAsync);
        await Requests.StatusOfAsync(() => new Lists.ListsClient(_host.Channel).RemoveEntryAsync(
            new RemoveListEntryRequest { EntityKind = "account", Value = canary.AccountId }).ResponseAsync);
        await _host.Web.GetAsync("/canary-account-4711");

        var metrics = await _host.Web.GetStringAsync("/metrics");
        foreach (var name in new[] { "antifraud_decisions_total", "antifraud_decision_duration_seconds_bucket", "antifraud_requests_refused_total", "antifraud_store_calls_total" })
        {
            Assert.Contains(name, metrics, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(secrets, secret => metrics.Contains(secret, StringComparison.OrdinalIgnoreCase));

        // ASP.NET Core logs the path of a request; the only path here with an identifier in it is the test's own.
        var lines = _host.Log.Lines.Where(line => !line.Contains("/canary-account-4711", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => Array.Exists(secrets, secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<ServerReflectionResponse> AskAsync(
        AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> stream, ServerReflectionRequest request)
    {
        await stream.RequestStream.WriteAsync(request);
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        return stream.ResponseStream.Current;
    }
}
