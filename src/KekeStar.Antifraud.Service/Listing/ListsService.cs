using Grpc.Core;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Service.Listing;

/// <summary>
/// The contract's service Lists over gRPC. A change is in the audit log before it is made; if it then does not come about, a
/// second line with the same receipt says why.
/// </summary>
internal sealed class ListsService
{
    private const string Purpose = "list_change";

    // As short as the risk team can still tell entries apart by.
    private const int ShownDigits = 8;

    private readonly ListJournal _journal;
    private readonly AuditLog _audit;

    /// <summary>Makes the service.</summary>
    public ListsService(ListJournal journal, AuditLog audit)
    {
        _journal = journal;
        _audit = audit;
    }

    /// <summary>Puts an entity on a list.</summary>
    public Task<PutListEntryReply> PutEntry(ListRequest request, ServerCallContext context) =>
        PutEntryAsync(request, CallerIdentity.Of(context), context.CancellationToken);

    /// <summary>Takes an entity off the lists.</summary>
    public Task<RemoveListEntryReply> RemoveEntry(ListRequest request, ServerCallContext context) =>
        RemoveEntryAsync(request, CallerIdentity.Of(context), context.CancellationToken);

    /// <summary>Puts an entity on a list for somebody.</summary>
    /// <param name="request">The entry.</param>
    /// <param name="caller">Who asks, for the audit log, see <see cref="AuditSyntax.IsCaller"/>.</param>
    /// <param name="cancellation">Ends the waiting for the audit log.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT, RESOURCE_EXHAUSTED or UNAVAILABLE; the text says why.</exception>
    public async Task<PutListEntryReply> PutEntryAsync(ListRequest request, string caller, CancellationToken cancellation)
    {
        var entry = Entry(AuditAction.ListPut, request, caller);
        entry.Details.Add("list", Name(request.List)).Add("expires_ms", request.ExpiresMilliseconds);
        var receipt = await RecordAsync(entry, cancellation);

        // The current epoch last: the others find the entity only while a rotation lasts.
        foreach (var entity in request.Entities.Reverse())
        {
            var change = await _journal.PutAsync(
                new ListEntry(entity.Epoch, request.Kind, entity.Pseudonym, request.List, request.ExpiresMilliseconds), CancellationToken.None);
            if (change != ListChange.Done)
            {
                await NoteAsync(entry, receipt, change);
                throw Refusal(change);
            }
        }

        return new PutListEntryReply { PseudonymPrefix = entry.Subject[..ShownDigits] };
    }

    /// <summary>Takes an entity off the lists for somebody; parameters and errors as with <see cref="PutEntryAsync"/>.</summary>
    public async Task<RemoveListEntryReply> RemoveEntryAsync(ListRequest request, string caller, CancellationToken cancellation)
    {
        var entry = Entry(AuditAction.ListRemove, request, caller);
        var receipt = await RecordAsync(entry, cancellation);
        var isRemoved = false;
        foreach (var entity in request.Entities)
        {
            var change = await _journal.RemoveAsync(entity.Epoch, request.Kind, entity.Pseudonym, CancellationToken.None);
            if (change is not (ListChange.Done or ListChange.NotFound))
            {
                await NoteAsync(entry, receipt, change);
                throw Refusal(change);
            }

            isRemoved |= change == ListChange.Done;
        }

        if (!isRemoved)
        {
            await NoteAsync(entry, receipt, ListChange.NotFound);
        }

        return new RemoveListEntryReply { Removed = isRemoved };
    }

    private static AuditEntry Entry(AuditAction action, ListRequest request, string caller) => request.Error is { } error
        ? throw new RpcException(new Status(StatusCode.InvalidArgument, error))
        : new AuditEntry
        {
            Action = action,
            Caller = caller,
            Purpose = Purpose,
            Subject = AuditSubject.Of(request.Entities[0].Pseudonym),
            Details = new AuditDetails().Add("kind", request.KindName),
        };

    private static string Name(ListKind list) => list switch
    {
        ListKind.Allow => "allow",
        ListKind.Deny => "deny",
        _ => "grey",
    };

    private static RpcException Refusal(ListChange change) => new(change == ListChange.Full
        ? new Status(StatusCode.ResourceExhausted, $"The lists hold {ListLimits.MaxEntries} entries already. Remove some, or wait until some expire.")
        : new Status(StatusCode.Unavailable, "The store does not take the change now. Try again."));

    // Once a line says so, the change is carried through even if the caller goes away.
    private async Task<AuditReceipt> RecordAsync(AuditEntry entry, CancellationToken cancellation) =>
        await _audit.AppendAsync(entry, cancellation)
        ?? throw new RpcException(new Status(StatusCode.Unavailable, "The audit log does not take the change now, so it was not made. Try again."));

    // Should this line fail, the log has said so; the change was not made, and the caller learns that.
    private Task<AuditReceipt?> NoteAsync(AuditEntry entry, AuditReceipt receipt, ListChange change) => _audit.AppendAsync(
        entry with
        {
            ReceiptId = receipt.ReceiptId,
            Details = new AuditDetails().Add("result", change switch
            {
                ListChange.Full => "full",
                ListChange.NotFound => "not_found",
                _ => "store_failed",
            }),
        },
        CancellationToken.None);
}
