using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Rights.Consents;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Journals;

namespace KekeStar.Antifraud.Service.Privacy;

/// <summary>
/// The contract's service Privacy over gRPC. What is asked stands in the audit log before anything is done; what became
/// of it stands there under the same receipt before the caller gets an answer.
/// </summary>
internal sealed class PrivacyService
{
    // Far below the 4 MiB that clients take by default.
    private const int ChunkBytes = 64 * 1024;

    private readonly AccountErasure _erasure;
    private readonly ConsentWithdrawal _withdrawal;
    private readonly OutcomeCorrection _correction;
    private readonly AccountExport _export;
    private readonly ListErasure _lists;
    private readonly ListBook _listBook;
    private readonly ConsentJournal _consents;
    private readonly KeyRing _keys;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;

    /// <summary>Makes the service.</summary>
    public PrivacyService(
        AccountErasure erasure,
        ConsentWithdrawal withdrawal,
        OutcomeCorrection correction,
        AccountExport export,
        ListErasure lists,
        ListBook listBook,
        ConsentJournal consents,
        KeyRing keys,
        AuditLog audit,
        TimeProvider time)
    {
        _erasure = erasure;
        _withdrawal = withdrawal;
        _correction = correction;
        _export = export;
        _lists = lists;
        _listBook = listBook;
        _consents = consents;
        _keys = keys;
        _audit = audit;
        _time = time;
    }

    /// <summary>Removes all that was derived from an account's events.</summary>
    public Task<EraseAccountReply> EraseAccount(PrivacyRequest request, ServerCallContext context) =>
        EraseAccountAsync(request, CallerIdentity.Of(context), context.CancellationToken);

    /// <summary>Removes all that was derived from an account's events, for somebody.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="caller">Who asks, for the audit log, see <see cref="AuditSyntax.IsCaller"/>.</param>
    /// <param name="cancellation">Ends the waiting for the audit log.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT, RESOURCE_EXHAUSTED or UNAVAILABLE; the text says why.</exception>
    public async Task<EraseAccountReply> EraseAccountAsync(PrivacyRequest request, string caller, CancellationToken cancellation)
    {
        var entry = Entry(AuditAction.EraseAccount, request, caller);
        var asked = await RecordAsync(entry, cancellation);

        // Events from before that are still under way, here or in another instance, must not write it all again.
        await SetMarkerAsync(entry, asked, request, ConsentMarker.Forgotten);
        // An erasure once recorded is carried out to its end, whoever hangs up.
        await Task.Delay(RightsLimits.MarkerDelay, _time, CancellationToken.None);
        var erased = await Checked(await _erasure.EraseAsync(request.Subjects), entry, asked, RightsLeft.Records);
        var (removed, kept, status) = await _lists.EraseAsync(request.Subjects, request.KeepDenyEntry);
        var isSwept = status == StoreStatus.Ok && await _consents.SweepAsync(CancellationToken.None);
        _ = await Checked(erased with { Status = isSwept ? StoreStatus.Ok : StoreStatus.Unavailable }, entry, asked, RightsLeft.Lists);
        var done = await FinishAsync(entry, asked, erased, details => details
            .Add("list_entries_removed", removed)
            .Add("list_entries_kept", kept));
        return new EraseAccountReply
        {
            ReceiptId = done.ReceiptId,
            ReceiptHash = done.Hash,
            RecordsRemoved = (ulong)erased.Records,
            LogsChanged = (ulong)erased.Logs,
            ListEntriesRemoved = (uint)removed,
            ListEntriesKept = (uint)kept,
        };
    }

    /// <summary>Gives all that is held about an account.</summary>
    public async Task ExportAccount(PrivacyRequest request, IServerStreamWriter<ExportAccountChunk> chunks, ServerCallContext context)
    {
        var (document, done) = await ExportAccountAsync(request, CallerIdentity.Of(context), context.CancellationToken);
        for (var offset = 0; offset < document.Length; offset += ChunkBytes)
        {
            var piece = document[offset..Math.Min(document.Length, offset + ChunkBytes)];
            await chunks.WriteAsync(
                new ExportAccountChunk
                {
                    ReceiptId = offset == 0 ? done.ReceiptId : "",
                    ReceiptHash = offset == 0 ? done.Hash : "",
                    Document = UnsafeByteOperations.UnsafeWrap(piece),
                },
                context.CancellationToken);
        }
    }

    /// <summary>Gives all that is held about an account, to somebody; parameters and errors as with <see cref="EraseAccountAsync"/>.</summary>
    /// <returns>The document, JSON in UTF-8, and the receipt.</returns>
    public async Task<(ReadOnlyMemory<byte> Document, AuditReceipt Receipt)> ExportAccountAsync(
        PrivacyRequest request, string caller, CancellationToken cancellation)
    {
        var entry = Entry(AuditAction.ExportAccount, request, caller);
        var asked = await RecordAsync(entry, cancellation);
        var (document, status) = await _export.WriteAsync(request.Subjects);
        _ = await Checked(new RightsResult(status, 0, 0), entry, asked, RightsLeft.All);
        return (document, await FinishAsync(entry, asked, default, details => details.Add("bytes", document.Length)));
    }

    /// <summary>Takes back consent and removes what the categories derived.</summary>
    public async Task<WithdrawConsentReply> WithdrawConsent(PrivacyRequest request, ServerCallContext context)
    {
        var entry = Entry(AuditAction.WithdrawConsent, request, CallerIdentity.Of(context));
        entry.Details.Add("categories", string.Join('.', request.Categories.Select(static category => (int)category)));
        var asked = await RecordAsync(entry, context.CancellationToken);
        foreach (var category in request.Categories)
        {
            await SetMarkerAsync(entry, asked, request, (ConsentMarker)category);
        }

        // An erasure once recorded is carried out to its end, whoever hangs up.
        await Task.Delay(RightsLimits.MarkerDelay, _time, CancellationToken.None);
        var result = await Checked(await _withdrawal.RemoveAsync(request.Subjects, request.Categories), entry, asked, RightsLeft.Records);
        var done = await FinishAsync(entry, asked, result, static _ => { });
        return new WithdrawConsentReply
        {
            ReceiptId = done.ReceiptId,
            ReceiptHash = done.Hash,
            RecordsRemoved = (ulong)result.Records,
            LogsChanged = (ulong)result.Logs,
        };
    }

    /// <summary>Takes back a reported outcome.</summary>
    public async Task<CorrectOutcomeReply> CorrectOutcome(PrivacyRequest request, ServerCallContext context)
    {
        var entry = Entry(AuditAction.CorrectOutcome, request, CallerIdentity.Of(context));
        entry.Details.Add("outcome", (int)request.Outcome).Add("event", AuditSubject.Of(request.Events[0]));
        var asked = await RecordAsync(entry, context.CancellationToken);
        var result = default(RightsResult);
        for (var i = 0; i < request.Subjects.Count; i++)
        {
            result += await _correction.RemoveAsync(request.Subjects[i], request.Events[i], request.Outcome);
        }

        result = await Checked(result, entry, asked, RightsLeft.Records);
        var done = await FinishAsync(entry, asked, result, static _ => { });
        return new CorrectOutcomeReply { ReceiptId = done.ReceiptId, ReceiptHash = done.Hash, RecordsRemoved = (ulong)result.Records };
    }

    /// <summary>Tells the key epochs.</summary>
    public async Task<KeyStatus> GetKeyStatus(ServerCallContext context)
    {
        await RecordAsync(new AuditEntry { Action = AuditAction.KeyStatusRead, Caller = CallerIdentity.Of(context) }, context.CancellationToken);
        var status = new KeyStatus();
        foreach (var state in _keys.Status(_time.GetUtcNow()))
        {
            status.Epochs.Add(new KeyEpochStatus
            {
                Epoch = state.Number,
                Role = state.Role,
                RoleUntil = state.Until is { } until ? Timestamp.FromDateTimeOffset(until) : null,
                ListEntries = (uint)_listBook.CountHolding(state.Number),
            });
        }

        return status;
    }

    private static AuditEntry Entry(AuditAction action, PrivacyRequest request, string caller) => request.Error is { } error
        ? throw new RpcException(new Status(StatusCode.InvalidArgument, error))
        : new AuditEntry
        {
            Action = action,
            Caller = caller,
            Purpose = request.Purpose,
            Subject = AuditSubject.Of(request.Subjects[0].Account.IsNone ? request.Events[0] : request.Subjects[0].Account),
            Details = new AuditDetails().Add("state", "asked"),
        };

    private static RpcException Unavailable(string what) => new(new Status(StatusCode.Unavailable, what));

    // Once a line says so, the right is carried through even if the caller goes away.
    private async Task<AuditReceipt> RecordAsync(AuditEntry entry, CancellationToken cancellation) =>
        await _audit.AppendAsync(entry, cancellation)
        ?? throw Unavailable("The audit log does not take the request now, so nothing was done. Try again.");

    private async Task<AuditReceipt> FinishAsync(AuditEntry entry, AuditReceipt asked, RightsResult result, Action<AuditDetails> add)
    {
        var details = new AuditDetails().Add("state", "done").Add("records", result.Records).Add("logs", result.Logs);
        add(details);
        return await _audit.AppendAsync(entry with { ReceiptId = asked.ReceiptId, Details = details }, CancellationToken.None)
            ?? throw Unavailable("It was done, but the audit log does not take the receipt now. Call again, which is harmless.");
    }

    private async Task SetMarkerAsync(AuditEntry entry, AuditReceipt asked, PrivacyRequest request, ConsentMarker marker)
    {
        var set = await _consents.SetAsync(request.Subjects, marker, _time.GetUtcNow().ToUnixTimeMilliseconds(), CancellationToken.None);
        if (set == JournalAppend.NotAdmitted)
        {
            await NoteFailureAsync(entry, asked, "full", default, RightsLeft.All);
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"{ConsentJournal.MaxAccounts} accounts have consent markers already. Try again when some have expired."));
        }

        _ = await Checked(new RightsResult(set == JournalAppend.Done ? StoreStatus.Ok : StoreStatus.Unavailable, 0, 0), entry, asked, RightsLeft.All);
    }

    private async Task<RightsResult> Checked(RightsResult result, AuditEntry entry, AuditReceipt asked, string left)
    {
        if (result.Status == StoreStatus.Ok)
        {
            return result;
        }

        await NoteFailureAsync(entry, asked, "store_failed", result, left);
        throw Unavailable("The store did not take all of it. Call again, which is harmless.");
    }

    // Should this line fail, the log has said so, and the caller learns that the right was not carried out.
    private Task<AuditReceipt?> NoteFailureAsync(AuditEntry entry, AuditReceipt asked, string state, RightsResult result, string left) => _audit.AppendAsync(
        entry with
        {
            ReceiptId = asked.ReceiptId,
            Details = new AuditDetails().Add("state", state).Add("left", left).Add("records", result.Records).Add("logs", result.Logs),
        },
        CancellationToken.None);
}
