using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using KekeStar.Antifraud.V1;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Service.Privacy;

/// <summary>Requests of the service Privacy that cannot be carried out, and ways that do not lead to it.</summary>
public sealed class PrivacyRefusalTests : IAsyncLifetime
{
    private const string Canary = "Canary8086";
    private const ConsentCategory Unknown = (ConsentCategory)8;

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    private ServiceHost _host = null!;

    public static TheoryData<string, byte[], string> Wrong => new()
    {
        { "EraseAccount", new EraseAccountRequest { Purpose = "p" }.ToByteArray(), "account_id is missing" },
        { "EraseAccount", new EraseAccountRequest { AccountId = Canary }.ToByteArray(), "purpose is missing" },
        { "EraseAccount", new EraseAccountRequest { AccountId = "a", Purpose = Canary }.ToByteArray(), "purpose is missing or has other" },
        { "EraseAccount", new EraseAccountRequest { AccountId = "a", Purpose = new string('p', 65) }.ToByteArray(), "purpose" },
        { "EraseAccount", new EraseAccountRequest { AccountId = Canary + new string('a', 256), Purpose = "p" }.ToByteArray(), "account_id has more" },
        { "EraseAccount", [0x0A, 0x02, 0xC3, 0x28, 0x12, 0x01, (byte)'p'], "account_id is not valid UTF-8" },
        { "EraseAccount", [0x0A, 0x7F, (byte)'C'], "The message is not a valid protocol buffers message" },
        { "ExportAccount", new ExportAccountRequest { Purpose = "p" }.ToByteArray(), "account_id is missing" },
        { "ExportAccount", new ExportAccountRequest { AccountId = Canary }.ToByteArray(), "purpose is missing" },
        { "ExportAccount", [0x0A, 0x7F, (byte)'C'], "The message is not a valid protocol buffers message" },
        { "WithdrawConsent", new WithdrawConsentRequest { AccountId = Canary, Purpose = "p" }.ToByteArray(), "categories" },
        { "WithdrawConsent", Withdrawal(ConsentCategory.Unspecified), "categories" },
        { "WithdrawConsent", Withdrawal(ConsentCategory.Motion, ConsentCategory.Essential), "categories" },
        { "WithdrawConsent", Withdrawal(ConsentCategory.Motion, Unknown), "categories" },
        { "WithdrawConsent", Withdrawal((ConsentCategory)(-1)), "categories" },
        { "WithdrawConsent", new WithdrawConsentRequest { Purpose = "p", Categories = { ConsentCategory.Sim } }.ToByteArray(), "account_id is missing" },
        { "CorrectOutcome", new CorrectOutcomeRequest { AccountId = Canary, Outcome = Outcome.Missed, Purpose = "p" }.ToByteArray(), "event_id is missing" },
        { "CorrectOutcome", new CorrectOutcomeRequest { EventId = Canary, Purpose = "p" }.ToByteArray(), "outcome is missing" },
        { "CorrectOutcome", new CorrectOutcomeRequest { EventId = Canary, Purpose = "p", Outcome = (Outcome)99 }.ToByteArray(), "outcome is not a value" },
        { "CorrectOutcome", new CorrectOutcomeRequest { EventId = Canary + new string('e', 64), Purpose = "p", Outcome = Outcome.Missed }.ToByteArray(), "event_id has more" },
        { "CorrectOutcome", new CorrectOutcomeRequest { EventId = Canary, Outcome = Outcome.Missed }.ToByteArray(), "purpose is missing" },
    };

    public async Task InitializeAsync() => _host = await ServiceHost.StartAsync("--Logging:LogLevel:Default=Debug");

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_request_that_cannot_be_carried_out_names_its_field_and_repeats_no_value(string method, byte[] message, string why)
    {
        var refused = await Requests.StatusOfAsync(() => SendAsync(method, message));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith(why, refused.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, refused.Detail, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(_host.Log.Lines, static line => line.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Canary, _host.AuditText(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("asked", _host.AuditText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_does_not_offer_it()
    {
        var endpoints = _host.Services.GetServices<EndpointDataSource>().SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        var methods = endpoints.Where(static endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName == V1.Privacy.Descriptor.FullName).ToList();

        Assert.Equal(V1.Privacy.Descriptor.Methods.Count, methods.Count);
        Assert.All(methods, static method => Assert.StartsWith("/" + V1.Privacy.Descriptor.FullName, method.RoutePattern.RawText, StringComparison.Ordinal));
        Assert.Contains(endpoints, static endpoint => endpoint.RoutePattern.RawText == "/v1/report");
        using var content = Requests.Json(new EraseAccountRequest { AccountId = "a", Purpose = "p" });
        using var answer = await _host.Web.PostAsync($"/{V1.Privacy.Descriptor.FullName}/EraseAccount", content);
        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain("erase_account", _host.AuditText(), StringComparison.Ordinal);
    }

    private static byte[] Withdrawal(params ConsentCategory[] categories) =>
        new WithdrawConsentRequest { AccountId = Canary, Purpose = "p", Categories = { categories } }.ToByteArray();

    private async Task SendAsync(string method, byte[] message)
    {
        var invoker = _host.Channel.CreateCallInvoker();
        if (method == "ExportAccount")
        {
            using var export = invoker.AsyncServerStreamingCall(Raw(method, MethodType.ServerStreaming), null, default, message);
            await export.ResponseStream.MoveNext(CancellationToken.None);
        }
        else
        {
            await invoker.AsyncUnaryCall(Raw(method, MethodType.Unary), null, default, message);
        }
    }

    private static Method<byte[], byte[]> Raw(string method, MethodType type) => new(type, V1.Privacy.Descriptor.FullName, method, Bytes, Bytes);
}
