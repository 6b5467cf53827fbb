using System.Threading.Channels;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Rights.Consents;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Rights;

/// <summary>
/// While keys are rotated: carries list entries and consent markers, which outlive a rotation, over to the other epoch's
/// pseudonyms when an event shows both. Whose entity is not seen during the whole rotation is found by nobody any more
/// once the old key is destroyed.
/// </summary>
internal sealed class EpochCarrier : BackgroundService
{
    /// <summary>Most lines that wait: 10,000. What finds no room is carried at the entity's next event.</summary>
    public const int MaxPending = 10_000;

    private readonly Channel<Func<CancellationToken, Task>> _pending = Channel.CreateBounded<Func<CancellationToken, Task>>(
        new BoundedChannelOptions(MaxPending) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private readonly ListBook _lists;
    private readonly ListJournal _listJournal;
    private readonly ConsentBook _consents;
    private readonly ConsentJournal _consentJournal;

    /// <summary>Carries between the books and journals of one service.</summary>
    public EpochCarrier(ListBook lists, ListJournal listJournal, ConsentBook consents, ConsentJournal consentJournal)
    {
        _lists = lists;
        _listJournal = listJournal;
        _consents = consents;
        _consentJournal = consentJournal;
    }

    /// <summary>Called for an event under two epochs that has an entity on a list or consent markers; returns at once.</summary>
    public void Request(ScoreEvent scoreEvent)
    {
        var keys = scoreEvent.Keys;
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            var entity = scoreEvent.Entity(slot);
            if (!entity.IsNone)
            {
                CarryEntry(EntitySlot.Kind(slot), keys.Current, entity, keys.Other!, scoreEvent.OtherEntity(slot));
            }
        }

        CarryMarkers(
            new AccountSubject(keys.Current, scoreEvent.Entity(EntitySlot.Account)),
            new AccountSubject(keys.Other!, scoreEvent.OtherEntity(EntitySlot.Account)));
    }

    /// <summary>Carries all that waits now.</summary>
    internal async Task CarryAsync(CancellationToken cancellation)
    {
        while (_pending.Reader.TryRead(out var carry))
        {
            await carry(cancellation);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var carry in _pending.Reader.ReadAllAsync(stoppingToken))
            {
                // What the store does not take now is carried at the next event.
                await carry(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops; the next start's events ask again.
        }
    }

    private void CarryEntry(EntityKind kind, KeyEpoch epoch, Pseudonym entity, KeyEpoch otherEpoch, Pseudonym otherEntity)
    {
        var entry = _lists.FindEntry(kind, entity);
        var other = _lists.FindEntry(kind, otherEntity);
        switch (entry, other)
        {
            case ({ } found, null):
                CarryEntry(found, otherEpoch.Number, otherEntity);
                break;
            case (null, { } found):
                CarryEntry(found, epoch.Number, entity);
                break;
        }
    }

    // Whoever was taken off the lists meanwhile, or put on another, is left as that was decided.
    private void CarryEntry(ListEntry found, byte epoch, Pseudonym entity) =>
        _pending.Writer.TryWrite(cancellation =>
            _lists.FindEntry(found.Kind, found.Pseudonym) == found && _lists.Find(found.Kind, entity) == ListKind.Unspecified
                ? _listJournal.PutAsync(found with { Epoch = epoch, Pseudonym = entity }, cancellation)
                : Task.CompletedTask);

    private void CarryMarkers(AccountSubject subject, AccountSubject other)
    {
        _consents.TryFind(subject.Account, out var markers);
        _consents.TryFind(other.Account, out var otherMarkers);
        for (var marker = ConsentMarker.None + 1; (int)marker < ConsentMarkers.Count; marker++)
        {
            var (at, otherAt) = (markers[(int)marker], otherMarkers[(int)marker]);
            if (at != otherAt)
            {
                var carried = marker;
                _pending.Writer.TryWrite(cancellation => _consentJournal.SetAsync(
                    [at < otherAt ? subject : other], carried, Math.Max(at, otherAt), cancellation));
            }
        }
    }
}
