using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Service.Privacy;

/// <summary>
/// Binds the methods of the contract to <see cref="PrivacyService"/>. A request is read where gRPC's payload lies and that
/// memory is wiped before anything else happens.
/// </summary>
internal sealed class PrivacyMethods : IServiceMethodProvider<PrivacyService>
{
    private readonly PrivacyRequestReader _reader;

    /// <summary>Binds with a reader.</summary>
    public PrivacyMethods(PrivacyRequestReader reader) => _reader = reader;

    /// <inheritdoc />
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<PrivacyService> context)
    {
        context.AddUnaryMethod(
            Method("EraseAccount", MethodType.Unary, _reader.ReadErase, EraseAccountReply.Parser),
            [],
            static (service, request, context) => service.EraseAccount(request, context));
        context.AddServerStreamingMethod(
            Method("ExportAccount", MethodType.ServerStreaming, _reader.ReadExport, ExportAccountChunk.Parser),
            [],
            static (service, request, chunks, context) => service.ExportAccount(request, chunks, context));
        context.AddUnaryMethod(
            Method("WithdrawConsent", MethodType.Unary, _reader.ReadWithdraw, WithdrawConsentReply.Parser),
            [],
            static (service, request, context) => service.WithdrawConsent(request, context));
        context.AddUnaryMethod(
            Method("CorrectOutcome", MethodType.Unary, _reader.ReadCorrect, CorrectOutcomeReply.Parser),
            [],
            static (service, request, context) => service.CorrectOutcome(request, context));
        context.AddUnaryMethod(
            new Method<GetKeyStatusRequest, KeyStatus>(
                MethodType.Unary,
                V1.Privacy.Descriptor.FullName,
                "GetKeyStatus",
                Marshallers.Create(static request => request.ToByteArray(), GetKeyStatusRequest.Parser.ParseFrom),
                Marshallers.Create(static reply => reply.ToByteArray(), KeyStatus.Parser.ParseFrom)),
            [],
            static (service, _, context) => service.GetKeyStatus(context));
    }

    private static Method<PrivacyRequest, TReply> Method<TReply>(string name, MethodType type, RequestPayload.Reader<PrivacyRequest> read, MessageParser<TReply> parser)
        where TReply : IMessage<TReply> => new(
            type,
            V1.Privacy.Descriptor.FullName,
            name,
            new Marshaller<PrivacyRequest>(static (_, _) => throw new NotSupportedException("A request is never sent."), context => RequestPayload.ReadAndWipe(context, read)),
            Marshallers.Create(static reply => reply.ToByteArray(), parser.ParseFrom));
}
