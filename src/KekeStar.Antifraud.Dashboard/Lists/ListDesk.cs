using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Service.Listing;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Dashboard.Lists;

/// <summary>What the page of the lists does: the same as the contract's service Lists, for whoever is signed in.</summary>
/// <param name="book">The lists in memory.</param>
/// <param name="lists">Changes them.</param>
/// <param name="reader">Hashes what was typed.</param>
internal sealed class ListDesk(ListBook book, ListsService lists, ListRequestReader reader)
{
    /// <summary>The entries that hold now, the one that ends first first.</summary>
    public IReadOnlyList<ListRow> Rows() => [.. book.Holding().Select(static entry => new ListRow(entry))];

    /// <summary>Puts an entity on a list.</summary>
    /// <param name="user">Who does it.</param>
    /// <param name="kind">Name of the kind of entity.</param>
    /// <param name="value">What was typed, UTF-8; wiped.</param>
    /// <param name="list">The list.</param>
    /// <param name="expires">When it ends.</param>
    /// <returns>How it ended, and the shortened pseudonym if it did.</returns>
    public async Task<(DeskResult Result, string Pseudonym)> PutAsync(ClaimsPrincipal user, string kind, byte[] value, ListKind list, DateTimeOffset expires)
    {
        AccessTable.ChangeLists.Demand(user);
        var request = Wiping(value, typed => reader.ReadPut(Encoding.ASCII.GetBytes(kind), typed, list, expires.ToUnixTimeSeconds(), nanos: 0));
        try
        {
            return (DeskResult.Done, (await lists.PutEntryAsync(request, user.CallerOf(), CancellationToken.None)).PseudonymPrefix);
        }
        catch (RpcException error)
        {
            return (DeskResults.Of(error), "");
        }
    }

    /// <summary>Takes an entity off the lists.</summary>
    /// <param name="user">Who does it.</param>
    /// <param name="kind">Name of the kind of entity.</param>
    /// <param name="value">What was typed, UTF-8; wiped.</param>
    public Task<DeskResult> RemoveAsync(ClaimsPrincipal user, string kind, byte[] value) =>
        RemoveAsync(user, Wiping(value, typed => reader.ReadEntity(Encoding.ASCII.GetBytes(kind), typed)));

    /// <summary>Takes an entry off the lists that stands on the page.</summary>
    public Task<DeskResult> RemoveAsync(ClaimsPrincipal user, ListRow row) => RemoveAsync(user, new ListRequest
    {
        Kind = row.Entry.Kind,
        KindName = row.Kind,
        Entities = [new ListedEntity(row.Entry.Epoch, row.Entry.Pseudonym)],
    });

    private static ListRequest Wiping(byte[] value, Func<byte[], ListRequest> read)
    {
        try
        {
            return read(value);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(value);
        }
    }

    private async Task<DeskResult> RemoveAsync(ClaimsPrincipal user, ListRequest request)
    {
        AccessTable.ChangeLists.Demand(user);
        try
        {
            var reply = await lists.RemoveEntryAsync(request, user.CallerOf(), CancellationToken.None);
            return reply.Removed ? DeskResult.Done : DeskResult.NotFound;
        }
        catch (RpcException error)
        {
            return DeskResults.Of(error);
        }
    }
}
