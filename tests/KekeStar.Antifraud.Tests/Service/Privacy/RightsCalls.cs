using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service.Privacy;

/// <summary>Calls of the service Privacy, and what tests look at afterwards.</summary>
internal static class RightsCalls
{
    public const string Purpose = "user_request";

    public static V1.Privacy.PrivacyClient Privacy(this ServiceHost host) => new(host.Channel);

    public static async Task<EraseAccountReply> EraseAsync(this ServiceHost host, string account, bool keepDenyEntry = false) =>
        await host.Privacy().EraseAccountAsync(new EraseAccountRequest { AccountId = account, Purpose = Purpose, KeepDenyEntry = keepDenyEntry });

    public static async Task<WithdrawConsentReply> WithdrawAsync(this ServiceHost host, string account, params ConsentCategory[] categories) =>
        await host.Privacy().WithdrawConsentAsync(new WithdrawConsentRequest { AccountId = account, Purpose = Purpose, Categories = { categories } });

    public static async Task<CorrectOutcomeReply> CorrectAsync(this ServiceHost host, ScoreRequest scored, Outcome outcome) =>
        await host.Privacy().CorrectOutcomeAsync(new CorrectOutcomeRequest
        {
            EventId = scored.EventId,
            AccountId = scored.AccountId,
            Outcome = outcome,
            Purpose = Purpose,
        });

    /// <summary>The pieces of an account's export.</summary>
    public static async Task<List<ExportAccountChunk>> ExportPiecesAsync(this ServiceHost host, string account)
    {
        using var call = host.Privacy().ExportAccount(new ExportAccountRequest { AccountId = account, Purpose = Purpose });
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    /// <summary>The document of an account's export.</summary>
    public static async Task<JsonElement> ExportAsync(this ServiceHost host, string account) =>
        JsonSerializer.Deserialize<JsonElement>((await host.ExportPiecesAsync(account)).SelectMany(static piece => piece.Document).ToArray());

    /// <summary>For each log of an export its entity and how many records of the account stand in it.</summary>
    public static Dictionary<string, int> Logs(this JsonElement export) => export.GetProperty("window_logs").EnumerateArray()
        .GroupBy(static log => log.GetProperty("entity").GetString()!, StringComparer.Ordinal)
        .ToDictionary(static logs => logs.Key, static logs => logs.Sum(static log => log.GetProperty("records").GetArrayLength()), StringComparer.Ordinal);

    /// <summary>The markers of an export.</summary>
    public static List<string> Markers(this JsonElement export) =>
        [.. export.GetProperty("consent_markers").EnumerateArray().Select(static marker => marker.GetProperty("marker").GetString()!)];

    /// <summary>Causes for which a signal of a reply was left out.</summary>
    public static DropCause DropOf(this ScoreReply reply, string signal) =>
        reply.DroppedSignals.SingleOrDefault(dropped => dropped.Name == signal)?.Cause ?? DropCause.Unspecified;

    public static async Task<ScoreReply> ScoreAsync(this ServiceHost host, ScoreRequest request)
    {
        var reply = await host.Client.ScoreAsync(request);
        Assert.Empty(reply.Degraded);
        return reply;
    }

    public static async Task ReportAsync(this ServiceHost host, ScoreRequest scored, Outcome outcome)
    {
        var reply = await host.Client.ReportAsync(new ReportRequest { EventId = scored.EventId, AccountId = scored.AccountId, Outcome = outcome });
        Assert.True(reply.EventFound);
    }

    public static async Task DenyAsync(this ServiceHost host, string account) => await new Lists.ListsClient(host.Channel).PutEntryAsync(new PutListEntryRequest
    {
        EntityKind = "account",
        Value = account,
        List = ListKind.Deny,
        ExpiresAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)),
    });

    /// <summary>The lines of a service's audit log with an action, which must be whole.</summary>
    public static List<AuditLine> AuditLines(this ServiceHost host, string action)
    {
        var verified = AuditVerifier.Verify(host.Audit);
        Assert.True(verified.IsIntact, verified.Explain());
        return [.. AuditDirectory.Files(host.Audit)
            .SelectMany(static file => File.ReadAllLines(file.Path))
            .Select(static line => AuditLine.TryParse(Encoding.UTF8.GetBytes(line))!)
            .Where(line => line.Action == action)];
    }

    /// <summary>The states that the lines of a receipt tell, in order.</summary>
    public static List<string> States(this IEnumerable<AuditLine> lines, string receiptId) =>
        [.. lines.Where(line => line.ReceiptId == receiptId).Select(static line => line.Details.Values["state"].Trim('"'))];

    /// <summary>All bytes of a service's audit log as text.</summary>
    public static string AuditText(this ServiceHost host) =>
        string.Concat(AuditDirectory.Files(host.Audit).Select(static file => File.ReadAllText(file.Path)));

    /// <summary>
    /// Makes a call again as long as the service says so: where a store call took longer than the half a second to two seconds that
    /// it is given, a right ends in <see cref="StatusCode.Unavailable"/> and its caller is told to call again.
    /// </summary>
    public static async Task<T> AgainAsync<T>(Func<Task<T>> call)
    {
        var reply = default(T);
        await Patience.UntilAsync(async () =>
        {
            try
            {
                reply = await call();
                return true;
            }
            catch (RpcException failed) when (failed.StatusCode == StatusCode.Unavailable && failed.Status.Detail.Contains("Call again", StringComparison.Ordinal))
            {
                return false;
            }
        });
        return reply!;
    }
}
