using System.Threading.Channels;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Rights.Consents;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Journals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Rights;

/// <summary>
/// At the first event that says that its account belongs to a minor: removes what the account's optional signals derived
/// before, and has all instances treat the account as a minor's from then on. The event itself and those behind it are
/// read without optional signals anyway.
/// </summary>
internal sealed partial class MinorProtection : BackgroundService
{
    /// <summary>Most accounts that wait: 10,000. One that finds no room is taken up at its next event.</summary>
    public const int MaxPending = 10_000;

    private const string Purpose = "protect_minors";

    private static readonly ConsentCategory[] Optional =
        [.. Enum.GetValues<ConsentCategory>().Where(static category => category > ConsentCategory.Essential)];

    private readonly Channel<IReadOnlyList<AccountSubject>> _pending = Channel.CreateBounded<IReadOnlyList<AccountSubject>>(
        new BoundedChannelOptions(MaxPending) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private readonly RecentHashes _requested = new();
    private readonly ConsentWithdrawal _withdrawal;
    private readonly ConsentJournal _consents;
    private readonly TimeProvider _time;
    private readonly ILogger<MinorProtection> _logger;
    private readonly AuditLog? _audit;

    /// <summary>Makes the protection.</summary>
    /// <param name="withdrawal">Removes what was derived.</param>
    /// <param name="consents">Takes the markers.</param>
    /// <param name="time">Stamps the markers.</param>
    /// <param name="logger">Takes what could not be done.</param>
    /// <param name="audit">Takes a line for each account; null where the hot path runs without a service around it.</param>
    public MinorProtection(
        ConsentWithdrawal withdrawal, ConsentJournal consents, TimeProvider time, ILogger<MinorProtection> logger, AuditLog? audit = null)
    {
        _withdrawal = withdrawal;
        _consents = consents;
        _time = time;
        _logger = logger;
        _audit = audit;
    }

    /// <summary>Called for every minor's event that was scored; returns at once.</summary>
    public void Request(ScoreEvent scoreEvent)
    {
        var account = scoreEvent.Entity(EntitySlot.Account);
        if (scoreEvent.IsMinorKnown || account.IsNone || _requested.Contains(account.High))
        {
            return;
        }

        if (_pending.Writer.TryWrite(AccountSubject.All(scoreEvent.Keys, account, scoreEvent.OtherEntity(EntitySlot.Account))))
        {
            _requested.Add(account.High);
        }
    }

    /// <summary>Protects one account now.</summary>
    /// <returns>True if it is done; else the account's next event asks again.</returns>
    internal async Task<bool> ProtectAsync(IReadOnlyList<AccountSubject> subjects, CancellationToken cancellation)
    {
        // Before the marker, so that an account whose data could not be removed is taken up again.
        var removed = await _withdrawal.RemoveAsync(subjects, Optional);
        if (removed.Status != StoreStatus.Ok
            || await _consents.SetAsync(subjects, ConsentMarker.Minor, _time.GetUtcNow().ToUnixTimeMilliseconds(), cancellation) != JournalAppend.Done)
        {
            return false;
        }

        // And once behind it: events that do not say that the account is a minor's may have written until all knew.
        await Task.Delay(RightsLimits.MarkerDelay, _time, cancellation);
        removed += await _withdrawal.RemoveAsync(subjects, Optional);
        if (removed.Status != StoreStatus.Ok)
        {
            return false;
        }

        if (_audit is not null)
        {
            // Unlike a right that somebody asks for, this does not wait for the line: a log that cannot be written says so
            // itself, and a child's data must not stay because of it.
            await _audit.AppendAsync(
                new AuditEntry
                {
                    Action = AuditAction.MinorProtected,
                    Purpose = Purpose,
                    Subject = AuditSubject.Of(subjects[0].Account),
                    Details = new AuditDetails().Add("state", "done").Add("records", removed.Records).Add("logs", removed.Logs),
                },
                cancellation);
        }

        return true;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var subjects in _pending.Reader.ReadAllAsync(stoppingToken))
            {
                if (!await ProtectAsync(subjects, stoppingToken))
                {
                    _requested.Remove(subjects[0].Account.High);
                    LogNotProtected();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops; the accounts' next events ask again.
        }
    }

    [LoggerMessage(4301, LogLevel.Warning, "What a minor's optional signals derived could not be removed now; the account's next event tries again.")]
    private partial void LogNotProtected();
}
