using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Service.Listing;

/// <summary>
/// Binds the methods of the contract to <see cref="ListsService"/>. A request is read where gRPC's payload lies and that
/// memory is wiped before anything else happens.
/// </summary>
internal sealed class ListsMethods : IServiceMethodProvider<ListsService>
{
    private readonly ListRequestReader _reader;

    /// <summary>Binds with a reader.</summary>
    public ListsMethods(ListRequestReader reader) => _reader = reader;

    /// <inheritdoc />
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<ListsService> context)
    {
        context.AddUnaryMethod(
            Method("PutEntry", _reader.ReadPut, PutListEntryReply.Parser),
            [],
            static (service, request, context) => service.PutEntry(request, context));
        context.AddUnaryMethod(
            Method("RemoveEntry", _reader.ReadRemove, RemoveListEntryReply.Parser),
            [],
            static (service, request, context) => service.RemoveEntry(request, context));
    }

    private static Method<ListRequest, TReply> Method<TReply>(string name, RequestPayload.Reader<ListRequest> read, MessageParser<TReply> parser)
        where TReply : IMessage<TReply> => new(
            MethodType.Unary,
            Lists.Descriptor.FullName,
            name,
            new Marshaller<ListRequest>(static (_, _) => throw new NotSupportedException("A request is never sent."), context => RequestPayload.ReadAndWipe(context, read)),
            Marshallers.Create(static reply => reply.ToByteArray(), parser.ParseFrom));
}
