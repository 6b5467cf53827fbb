using Google.Protobuf;
using Grpc.Core;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Service.Listing;

/// <summary>
/// The contract's service Lists for JSON: the transcoder needs message objects, so the identifier does become a managed
/// string here. They are turned back into bytes and take the way of every other request.
/// </summary>
internal sealed class ListsJsonService : Lists.ListsBase
{
    private readonly ListsService _service;
    private readonly ListRequestReader _reader;

    /// <summary>Makes the service.</summary>
    public ListsJsonService(ListsService service, ListRequestReader reader)
    {
        _service = service;
        _reader = reader;
    }

    /// <inheritdoc />
    public override Task<PutListEntryReply> PutEntry(PutListEntryRequest request, ServerCallContext context) =>
        _service.PutEntry(_reader.ReadPut(request.ToByteArray()), context);

    /// <inheritdoc />
    public override Task<RemoveListEntryReply> RemoveEntry(RemoveListEntryRequest request, ServerCallContext context) =>
        _service.RemoveEntry(_reader.ReadRemove(request.ToByteArray()), context);
}
