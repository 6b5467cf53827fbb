using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Rights.Consents;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Journals;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>What the service knows of an account's will or age holds in every instance whatever its events say.</summary>
public sealed class ConsentMarkerTests(EmbeddedRightsStore store) : IClassFixture<EmbeddedRightsStore>
{
    private static readonly Move Login = Move.Simple(Scene.Login, account: 0, device: 0);

    [Theory]
    [InlineData(0, "imei")]
    [InlineData(1, "oaid")]
    [InlineData(2, "bssid")]
    [InlineData(3, "iccid")]
    [InlineData(4, "accelerometer")]
    [InlineData(5, "software")]
    public async Task A_withdrawn_category_is_dropped_until_the_user_decides_anew(int category, string signal)
    {
        await using var world = NewWorld();
        var withdrawnAt = world.Clock.GetUtcNow();
        await SetAsync(world, (ConsentMarker)Refusal.Optional[category], withdrawnAt);

        Assert.Equal(DropCause.Withdrawn, await CauseAsync(world, signal, decidedAt: null));
        Assert.Equal(DropCause.Withdrawn, await CauseAsync(world, signal, withdrawnAt - TimeSpan.FromSeconds(1)));
        Assert.Equal(DropCause.Withdrawn, await CauseAsync(world, signal, withdrawnAt));
        Assert.Equal(DropCause.Withdrawn, await CauseAsync(world, signal, withdrawnAt + TimeSpan.FromMinutes(11)));
        Assert.Null(await CauseAsync(world, signal, withdrawnAt + TimeSpan.FromSeconds(1)));
        Assert.Null(await CauseAsync(world, signal, decidedAt: null, account: 1));

        world.Clock.Advance(TimeSpan.FromDays(90));
        Assert.Null(await CauseAsync(world, signal, decidedAt: null));
    }

    [Fact]
    public async Task A_minors_account_stays_one_whatever_its_events_say()
    {
        await using var world = NewWorld();
        await SetAsync(world, ConsentMarker.Minor, world.Clock.GetUtcNow());

        foreach (var signal in new[] { "imei", "oaid", "bssid", "iccid", "accelerometer", "software" })
        {
            Assert.Equal(DropCause.Minor, await CauseAsync(world, signal, world.Clock.GetUtcNow() + TimeSpan.FromSeconds(1)));
            Assert.Null(await CauseAsync(world, signal, decidedAt: null, account: 1));
        }
    }

    [Fact]
    public async Task A_marker_reaches_the_other_instance_within_the_refresh_interval()
    {
        await using var world = NewWorld();
        using var stop = new CancellationTokenSource();
        var loop = world.Instances[1].Get<ConsentJournal>().RunAsync(stop.Token);
        var advanced = TimeSpan.Zero;
        await SetAsync(world, ConsentMarker.SimWithdrawn, world.Clock.GetUtcNow());
        Assert.Null(await CauseAsync(world, "iccid", decidedAt: null, instance: 1));

        world.Clock.Advance(JournalLimits.RefreshInterval);
        advanced += JournalLimits.RefreshInterval;
        var attempt = 0;
        await Patience.UntilAsync(async () =>
        {
            // The loop may have begun to wait after the clock moved.
            if (++attempt % 100 == 0 && advanced < TimeSpan.FromSeconds(60))
            {
                world.Clock.Advance(JournalLimits.RefreshInterval);
                advanced += JournalLimits.RefreshInterval;
            }

            return await CauseAsync(world, "iccid", decidedAt: null, instance: 1) is not null;
        });

        Assert.Equal(DropCause.Withdrawn, await CauseAsync(world, "iccid", decidedAt: null, instance: 1));
        Assert.InRange(advanced, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }

    [Fact]
    public async Task Events_from_before_an_erasure_are_scored_and_written_nowhere_and_later_ones_are_written()
    {
        await using var world = NewWorld();
        await SetAsync(world, ConsentMarker.Forgotten, world.Clock.GetUtcNow());
        var late = world.Request(Login, "event-of-0-1");
        await world.Instances[0].ScoreAsync(late);
        await world.Instances[0].ScoreAsync(world.Request(Login, "event-of-0-2"), TimeSpan.FromHours(5));
        Assert.DoesNotContain((await world.SnapshotAsync()).Raw.Keys, static key => key.StartsWith("77", StringComparison.Ordinal) || key.StartsWith("63", StringComparison.Ordinal));

        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await world.Instances[0].ScoreAsync(world.Request(Login, "event-of-0-3"));
        await world.Instances[0].ScoreAsync(world.Request(Login, "event-of-0-4"), TimeSpan.FromMilliseconds(1));
        var snapshot = await world.SnapshotAsync();
        Assert.Contains(snapshot.Raw.Keys, static key => key.StartsWith("77", StringComparison.Ordinal));
        foreach (var epoch in world.Keys.Epochs)
        {
            Assert.Equal(0, snapshot.CountRecords(RightsWorld.Pseudonym(epoch, Antifraud.Intake.EntityKind.Event, "event-of-0-4")));
            Assert.NotEqual(0, snapshot.CountRecords(RightsWorld.Pseudonym(epoch, Antifraud.Intake.EntityKind.Event, "event-of-0-3")));
        }
    }

    [Fact]
    public async Task An_erased_account_starts_anew()
    {
        await using var world = NewWorld();
        await SetAsync(world, ConsentMarker.SimWithdrawn, world.Clock.GetUtcNow());
        await SetAsync(world, ConsentMarker.Minor, world.Clock.GetUtcNow());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await SetAsync(world, ConsentMarker.Forgotten, world.Clock.GetUtcNow());
        Assert.Null(await CauseAsync(world, "iccid", decidedAt: null));

        await world.Instances[1].Get<ConsentJournal>().RefreshAsync(default);
        Assert.Null(await CauseAsync(world, "iccid", decidedAt: null, instance: 1));
    }

    [Fact]
    public async Task The_first_event_of_a_minor_removes_what_optional_signals_derived_before()
    {
        await using var world = NewWorld();
        await world.PlayAsync([Login with { Outcome = Outcome.LoginSucceeded }, Login with { Account = 1 }], static move => move);
        var protection = world.Instances[0].Get<MinorProtection>();
        await protection.StartAsync(default);
        await PlayMinorAsync(world);
        await Patience.UntilAsync(() => world.Instances[0].Get<ConsentBook>().TryFind(world.Subjects(0)[0].Account, out _));

        await protection.StopAsync(default);
        Assert.Equal(DropCause.Minor, await CauseAsync(world, "imei", decidedAt: null));
        var kinds = (await ContextKindsAsync(world)).ToHashSet();
        Assert.Equal([Antifraud.Intake.EntityKind.Ip, Antifraud.Intake.EntityKind.IpPrefix, Antifraud.Intake.EntityKind.Cohort], kinds.Order());
    }

    [Fact]
    public async Task Protecting_a_minor_leaves_the_store_as_if_nothing_optional_had_been_granted()
    {
        Move[] moves = [Login with { Outcome = Outcome.LoginSucceeded }, Login with { Account = 1 }, Login with { Device = 2, Scene = Scene.SendMessage }];
        StoreSnapshot expected;
        await using (var world = NewWorld())
        {
            await world.PlayAsync(moves, static move => move.Account == 0 ? move with { Granted = 0 } : move);
            await SetAsync(world, ConsentMarker.Minor, world.Clock.GetUtcNow());
            expected = (await world.SnapshotAsync()).Without((byte)'k');
        }

        await using var minors = NewWorld();
        await minors.PlayAsync(moves, static move => move);
        var protecting = minors.Instances[0].Get<MinorProtection>().ProtectAsync(minors.Subjects(0), default);
        while (!protecting.IsCompleted)
        {
            // It waits until all instances know.
            minors.Instances[0].Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.True(await protecting);
        (await minors.SnapshotAsync()).Without((byte)'k').AssertSame(expected);
        Assert.Equal(DropCause.Minor, await CauseAsync(minors, "imei", decidedAt: null));
    }

    private static async Task PlayMinorAsync(RightsWorld world)
    {
        var request = world.Request(Login, "event-of-0-minor");
        request.Minor = true;
        var reply = await world.Instances[0].ScoreAsync(request);
        Assert.Contains(reply.DroppedSignals, static dropped => dropped is { Name: "imei", Cause: DropCause.Minor });
    }

    private static async Task<IEnumerable<Antifraud.Intake.EntityKind>> ContextKindsAsync(RightsWorld world)
    {
        var (trace, status) = await AccountTrace.ReadAsync(world.Store, world.Subjects(0)[0]);
        Assert.Equal(StoreStatus.Ok, status);
        return trace!.Entities.Select(static entity => entity.Kind);
    }

    private static async Task SetAsync(RightsWorld world, ConsentMarker marker, DateTimeOffset at) => Assert.Equal(
        JournalAppend.Done,
        await world.Instances[0].Get<ConsentJournal>().SetAsync(world.Subjects(0), marker, at.ToUnixTimeMilliseconds(), default));

    private static async Task<DropCause?> CauseAsync(
        RightsWorld world, string signal, DateTimeOffset? decidedAt, int account = 0, int instance = 0)
    {
        var request = world.Request(Login with { Account = account }, RightsWorld.EventName(account, 0));
        request.Consent.DecidedAt = decidedAt is { } at ? Timestamp.FromDateTimeOffset(at) : null;
        var reply = await world.Instances[instance].ScoreAsync(request);
        return reply.DroppedSignals.FirstOrDefault(dropped => dropped.Name == signal)?.Cause;
    }

    private RightsWorld NewWorld() => new(store, RightsWorld.Rotation + TimeSpan.FromDays(1));
}
