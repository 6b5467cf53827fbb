using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Lists;
using KekeStar.Antifraud.Service.Privacy;

namespace KekeStar.Antifraud.Dashboard.Rights;

/// <summary>What the page of people's rights does: the same as the contract's service Privacy, for whoever is signed in.</summary>
/// <param name="service">Carries out the rights.</param>
/// <param name="reader">Hashes what was typed.</param>
internal sealed class RightsDesk(PrivacyService service, PrivacyRequestReader reader)
{
    /// <summary>Gives all that is held about an account.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="account">What was typed, UTF-8; wiped.</param>
    /// <param name="purpose">What for.</param>
    public async Task<RightsReceipt> ExportAsync(ClaimsPrincipal user, byte[] account, string purpose)
    {
        AccessTable.ExportAccount.Demand(user);
        return await AnswerAsync(account, purpose, async request =>
        {
            var (document, receipt) = await service.ExportAccountAsync(request, user.CallerOf(), CancellationToken.None);
            return new RightsReceipt(DeskResult.Done) { ReceiptId = receipt.ReceiptId, Document = document };
        });
    }

    /// <summary>Removes all that was derived from an account; takes some seconds.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="account">What was typed, UTF-8; wiped.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="keepDenyEntry">True: an entry on the deny list stays.</param>
    public async Task<RightsReceipt> EraseAsync(ClaimsPrincipal user, byte[] account, string purpose, bool keepDenyEntry)
    {
        AccessTable.EraseAccount.Demand(user);
        return await AnswerAsync(account, purpose, async request =>
        {
            var reply = await service.EraseAccountAsync(request with { KeepDenyEntry = keepDenyEntry }, user.CallerOf(), CancellationToken.None);
            return new RightsReceipt(DeskResult.Done)
            {
                ReceiptId = reply.ReceiptId,
                Records = (long)reply.RecordsRemoved,
                Logs = (long)reply.LogsChanged,
                ListEntries = reply.ListEntriesRemoved,
            };
        });
    }

    private async Task<RightsReceipt> AnswerAsync(byte[] account, string purpose, Func<PrivacyRequest, Task<RightsReceipt>> carryOut)
    {
        PrivacyRequest request;
        try
        {
            request = reader.ReadAccount(account, Encoding.UTF8.GetBytes(purpose));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(account);
        }

        try
        {
            return await carryOut(request);
        }
        catch (RpcException error)
        {
            return new RightsReceipt(DeskResults.Of(error));
        }
    }
}
