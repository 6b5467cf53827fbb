using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Rights.Consents;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>List entries and markers from before a rotation hold after it where their entity was seen during it.</summary>
public sealed class EpochCarrierTests(EmbeddedRightsStore store) : IClassFixture<EmbeddedRightsStore>
{
    private static readonly Move Login = Move.Simple(Scene.Login, account: 0, device: 0);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_set_before_a_rotation_holds_after_it_if_the_account_was_seen_in_between(bool isSeen)
    {
        await using var world = new RightsWorld(store, RightsWorld.Rotation - TimeSpan.FromDays(1));
        var pipeline = world.Instances[0];
        Assert.Single(world.Subjects(0));
        await PutAsync(world, world.Subjects(0)[0]);
        await pipeline.Get<ConsentJournal>().SetAsync(
            world.Subjects(0), ConsentMarker.SimWithdrawn, world.Clock.GetUtcNow().ToUnixTimeMilliseconds(), default);

        world.Clock.Advance(TimeSpan.FromDays(3));
        await pipeline.ScoreAsync(world.Request(Login with { Account = isSeen ? 0 : 1 }, "event-of-0-1"));
        await pipeline.Get<EpochCarrier>().CarryAsync(default);

        world.Clock.Advance(KeySchedule.RotationDuration);
        await pipeline.Get<ListJournal>().SweepAsync(default);
        await pipeline.Get<ConsentJournal>().SweepAsync(default);
        var subject = Assert.Single(world.Subjects(0));
        Assert.Equal(2, subject.Epoch.Number);
        Assert.Equal(isSeen ? ListKind.Grey : ListKind.Unspecified, pipeline.Get<ListBook>().Find(EntityKind.Account, subject.Account));
        var reply = await pipeline.ScoreAsync(world.Request(Login, "event-of-0-2"));
        Assert.Equal(isSeen, reply.DroppedSignals.Any(static dropped => dropped is { Name: "iccid", Cause: DropCause.Withdrawn }));

        // Of the epoch that is gone no line is left.
        Assert.Equal(isSeen ? 64 : 32, (await world.Store.ContentAsync(ListJournal.JournalKey)).Length);
        Assert.Equal(isSeen ? 64 : 32, (await world.Store.ContentAsync(ConsentJournal.JournalKey)).Length);
    }

    [Fact]
    public async Task Whoever_is_erased_before_an_entry_is_carried_over_stays_off_the_lists()
    {
        await using var world = new RightsWorld(store, RightsWorld.Rotation + TimeSpan.FromDays(1));
        var pipeline = world.Instances[0];
        await PutAsync(world, world.Subjects(0)[0]);
        await pipeline.ScoreAsync(world.Request(Login, "event-of-0-1"));
        var (removed, kept, status) = await pipeline.Get<ListErasure>().EraseAsync(world.Subjects(0), keepDenyEntry: false);
        Assert.Equal((1, 0, StoreStatus.Ok), (removed, kept, status));

        await pipeline.Get<EpochCarrier>().CarryAsync(default);
        foreach (var subject in world.Subjects(0))
        {
            Assert.Equal(ListKind.Unspecified, pipeline.Get<ListBook>().Find(EntityKind.Account, subject.Account));
        }

        Assert.Equal(ListEntry.Length, (await world.Store.ContentAsync(ListJournal.JournalKey)).Length);
    }

    [Theory]
    [InlineData((int)ListKind.Deny, true, 2, 0)]
    [InlineData((int)ListKind.Deny, false, 0, 2)]
    [InlineData((int)ListKind.Grey, true, 0, 2)]
    public async Task Erasure_takes_an_account_off_the_lists_but_for_a_deny_entry_that_the_law_asks_for(int list, bool keeps, int kept, int removed)
    {
        await using var world = new RightsWorld(store, RightsWorld.Rotation + TimeSpan.FromDays(1));
        foreach (var subject in world.Subjects(0).Concat(world.Subjects(1)))
        {
            await PutAsync(world, subject, (ListKind)list);
        }

        await world.Instances[1].Get<ListJournal>().RefreshAsync(default);
        var result = await world.Instances[1].Get<ListErasure>().EraseAsync(world.Subjects(0), keeps);
        Assert.Equal((removed, kept, StoreStatus.Ok), result);
        var journal = await world.Store.ContentAsync(ListJournal.JournalKey);
        Assert.Equal((1 + 2 + kept) * ListEntry.Length, journal.Length);
        if (kept == 0)
        {
            (await world.SnapshotAsync()).AssertNothingOf(world.TracesOf(0));
        }
    }

    private static async Task PutAsync(RightsWorld world, AccountSubject subject, ListKind list = ListKind.Grey) => Assert.Equal(
        ListChange.Done,
        await world.Instances[0].Get<ListJournal>().PutAsync(
            new ListEntry(subject.Epoch.Number, EntityKind.Account, subject.Account, list, (world.Clock.GetUtcNow() + TimeSpan.FromDays(80)).ToUnixTimeMilliseconds()),
            default));
}
