using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Windows;

/// <summary>What the windows promise, over a real store; a derived class supplies it.</summary>
public abstract class EventWindowsTests
{
    private const int SevenDays = (int)WindowLength.SevenDays;

    private protected abstract IWindowStore Store { get; }

    [Fact]
    public async Task A_thousand_simultaneous_registrations_from_one_device_see_exactly_1_to_256_and_then_at_least()
    {
        const int Events = 1000;
        using var windows = new WindowsUnderTest(Store);
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        var seen = await Task.WhenAll(Enumerable.Range(0, Events).Select(number => Task.Run(async () =>
        {
            var scoreEvent = windows.Event(number, Scene.Register, now, (EntitySlot.Device, 1));
            var counts = (await WindowsUnderTest.ObserveAsync(windows.Instance, scoreEvent))[EntitySlot.Device];
            return (Count: counts[WindowMetric.Registrations, SevenDays], AtLeast: counts.AtLeast(SevenDays));
        })));

        var exact = seen.Where(static answer => !answer.AtLeast).Select(static answer => answer.Count).Order();
        Assert.Equal(Enumerable.Range(1, WindowLimits.TailRecords), exact);
        var bounded = seen.Where(static answer => answer.AtLeast).ToList();
        Assert.Equal(Events - WindowLimits.TailRecords, bounded.Count);
        Assert.All(bounded, static answer => Assert.Equal(WindowLimits.TailRecords, answer.Count));
    }

    [Fact]
    public async Task Two_hundred_simultaneous_events_of_two_instances_see_exactly_1_to_200_on_every_entity()
    {
        const int Events = 200;
        using var windows = new WindowsUnderTest(Store);
        EventWindows[] instances = [windows.Instance, windows.NewInstance()];
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        var seen = await Task.WhenAll(Enumerable.Range(0, Events).Select(number => Task.Run(async () =>
        {
            // Shuffled times: a place in the log counts, not a time stamp.
            var scoreEvent = windows.Event(
                number, Scene.Login, now - (number % 7), (EntitySlot.Device, 1), (EntitySlot.Bssid, 1), (EntitySlot.Ip, 1), (EntitySlot.IpPrefix, 1));
            return await WindowsUnderTest.ObserveAsync(instances[number % 2], scoreEvent);
        })));

        foreach (var slot in new[] { EntitySlot.Device, EntitySlot.Bssid, EntitySlot.Ip, EntitySlot.IpPrefix })
        {
            Assert.Equal(Enumerable.Range(1, Events), seen.Select(counts => counts[slot][WindowMetric.Events, SevenDays]).Order());
            Assert.DoesNotContain(seen, counts => counts[slot].AtLeast(SevenDays));
        }
    }

    [Fact]
    public async Task Ten_thousand_retries_change_no_count_and_get_the_first_answer()
    {
        const int Events = 100;
        const int Retries = 100;
        using var windows = new WindowsUnderTest(Store);
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        ScoreEvent NewEvent(int number) => windows.Event(number, Scene.Register, now + number, (EntitySlot.Account, number), (EntitySlot.Device, 1));
        for (var number = 1; number <= Events; number++)
        {
            await WindowsUnderTest.ObserveAsync(windows.Instance, NewEvent(number));
        }

        // Half of them reach an instance that never saw the event, one event after the other: the worst order for a tail.
        for (var number = 1; number <= Events; number++)
        {
            for (var retry = 0; retry < Retries; retry++)
            {
                var instance = retry % 2 == 0 ? windows.Instance : windows.NewInstance();
                var counts = (await WindowsUnderTest.ObserveAsync(instance, NewEvent(number)))[EntitySlot.Device];
                Assert.Equal(number, counts[WindowMetric.Registrations, SevenDays]);
                Assert.Equal(number, counts[WindowMetric.Accounts, SevenDays]);
                Assert.False(counts.AtLeast(SevenDays));
                await windows.Trimmer.TrimAsync(windows.KeyOf(EntityKind.Device, windows.Entity(EntityKind.Device, 1)));
            }
        }

        var next = (await WindowsUnderTest.ObserveAsync(windows.Instance, NewEvent(Events + 1)))[EntitySlot.Device];
        Assert.Equal(Events + 1, next[WindowMetric.Registrations, SevenDays]);
        Assert.False(next.AtLeast(SevenDays));
    }

    [Fact]
    public async Task Retries_that_come_at_once_before_any_trimming_change_no_count()
    {
        using var windows = new WindowsUnderTest(Store);
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        ScoreEvent NewEvent(int number) => windows.Event(number, Scene.Login, now, (EntitySlot.Device, 1));
        for (var number = 1; number <= 10; number++)
        {
            await WindowsUnderTest.ObserveAsync(windows.Instance, NewEvent(number));
        }

        var retries = await Task.WhenAll(Enumerable.Range(0, 400).Select(retry => Task.Run(async () =>
            (Number: 1 + (retry % 10), Counts: (await WindowsUnderTest.ObserveAsync(windows.NewInstance(), NewEvent(1 + (retry % 10))))[EntitySlot.Device]))));

        Assert.All(retries, static retry => Assert.Equal(retry.Number, retry.Counts[WindowMetric.Events, SevenDays]));
        var next = (await WindowsUnderTest.ObserveAsync(windows.Instance, NewEvent(11)))[EntitySlot.Device];
        Assert.Equal(11, next[WindowMetric.Events, SevenDays]);
    }

    [Fact]
    public async Task Events_of_the_same_millisecond_all_count()
    {
        using var windows = new WindowsUnderTest(Store);
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var number = 1; number <= 200; number++)
        {
            var scoreEvent = windows.Event(number, Scene.SendMessage, now, (EntitySlot.Account, 1), (EntitySlot.Device, 1));
            var counts = await WindowsUnderTest.ObserveAsync(windows.Instance, scoreEvent);
            Assert.Equal(number, counts[EntitySlot.Device][WindowMetric.Events, (int)WindowLength.OneMinute]);
            Assert.Equal(number, counts[EntitySlot.Account][WindowMetric.Events, (int)WindowLength.OneMinute]);
        }
    }

    [Fact]
    public async Task A_threshold_at_the_cap_can_be_reached_and_past_it_the_answer_says_at_least()
    {
        using var windows = new WindowsUnderTest(Store);
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        WindowCounts counts = null!;
        for (var number = 1; number <= WindowLimits.TailRecords; number++)
        {
            counts = (await WindowsUnderTest.ObserveAsync(windows.Instance, windows.Event(number, Scene.Login, now, (EntitySlot.Ip, 1))))[EntitySlot.Ip];
        }

        Assert.Equal(WindowLimits.TailRecords, counts[WindowMetric.Events, SevenDays]);
        Assert.False(counts.AtLeast(SevenDays));
        counts = (await WindowsUnderTest.ObserveAsync(windows.Instance, windows.Event(100_000, Scene.Login, now, (EntitySlot.Ip, 1))))[EntitySlot.Ip];
        Assert.Equal(WindowLimits.TailRecords, counts[WindowMetric.Events, SevenDays]);
        Assert.True(counts.AtLeast(SevenDays));
    }

    [Fact]
    public async Task A_cut_log_is_still_exact_in_windows_that_its_tail_covers()
    {
        using var windows = new WindowsUnderTest(Store);
        WindowCounts counts = null!;
        for (var number = 0; number < 400; number++)
        {
            // One event a minute: 256 of them reach back more than four hours.
            windows.Clock.Advance(TimeSpan.FromMinutes(1));
            var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
            counts = (await WindowsUnderTest.ObserveAsync(windows.Instance, windows.Event(number, Scene.Login, now, (EntitySlot.Ip, 1))))[EntitySlot.Ip];
        }

        Assert.False(counts.AtLeast((int)WindowLength.OneHour));
        Assert.Equal(60, counts[WindowMetric.Events, (int)WindowLength.OneHour]);
        Assert.True(counts.AtLeast((int)WindowLength.OneDay));
        Assert.Equal(WindowLimits.TailRecords, counts[WindowMetric.Events, (int)WindowLength.OneDay]);
    }

    [Fact]
    public async Task Trimming_keeps_what_windows_can_reach_and_loses_no_append_made_meanwhile()
    {
        using var windows = new WindowsUnderTest(Store);
        var key = windows.KeyOf(EntityKind.Ip, windows.Entity(EntityKind.Ip, 1));
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var writing = Task.WhenAll(Enumerable.Range(0, 1200).Select(number => Task.Run(() =>
            WindowsUnderTest.ObserveAsync(windows.Instance, windows.Event(number, Scene.Login, now, (EntitySlot.Ip, 1))))));
        while (!writing.IsCompleted)
        {
            await windows.Trimmer.TrimAsync(key);
        }

        await writing;
        Assert.True(await windows.Trimmer.TrimAsync(key));
        var log = (await Store.ReadAsync(key, 0, Patience.Limit)).Value;
        Assert.Equal((WindowLimits.TailRecords + 1) * WindowRecord.Length, log.Length);
        var next = (await WindowsUnderTest.ObserveAsync(windows.Instance, windows.Event(5000, Scene.Login, now, (EntitySlot.Ip, 1))))[EntitySlot.Ip];
        Assert.Equal(WindowLimits.TailRecords, next[WindowMetric.Events, SevenDays]);
        Assert.True(next.AtLeast(SevenDays));
    }

    [Fact]
    public async Task An_outcome_reaches_every_entity_of_its_event_and_counts_once()
    {
        using var windows = new WindowsUnderTest(Store);
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        (int, int)[] entities = [(EntitySlot.Account, 1), (EntitySlot.Device, 1), (EntitySlot.Imei, 1), (EntitySlot.Ip, 1), (EntitySlot.IpPrefix, 1)];
        var failed = windows.Event(1, Scene.Login, now, entities);
        await WindowsUnderTest.ObserveAsync(windows.Instance, failed);
        for (var repeat = 0; repeat < 5; repeat++)
        {
            await ReportAsync(windows, failed, Outcome.LoginFailed);
        }

        var counts = await WindowsUnderTest.ObserveAsync(windows.Instance, windows.Event(2, Scene.Login, now, entities));
        foreach (var (slot, _) in entities)
        {
            Assert.Equal(1, counts[slot][WindowMetric.Failures, SevenDays]);
            Assert.Equal(2, counts[slot][WindowMetric.Events, SevenDays]);
        }
    }

    [Fact]
    public async Task An_outcome_of_an_event_without_account_is_found_by_its_event_and_links_the_new_account()
    {
        using var windows = new WindowsUnderTest(Store);
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var number = 1; number <= 3; number++)
        {
            var registration = windows.Event(number, Scene.Register, now, (EntitySlot.Device, 1), (EntitySlot.Ip, 1));
            await WindowsUnderTest.ObserveAsync(windows.Instance, registration);
            registration.Entity(EntitySlot.Account) = windows.Entity(EntityKind.Account, number);
            await ReportAsync(windows, registration, Outcome.RegistrationCompleted);
        }

        var counts = await WindowsUnderTest.ObserveAsync(windows.Instance, windows.Event(9, Scene.Login, now, (EntitySlot.Account, 1), (EntitySlot.Device, 1)));
        Assert.Equal(3, counts[EntitySlot.Device][WindowMetric.Accounts, SevenDays]);
    }

    [Fact]
    public async Task An_outcome_of_an_unknown_event_reaches_its_account_alone_and_says_so()
    {
        using var windows = new WindowsUnderTest(Store);
        var unknown = windows.Event(1, Scene.Login, 0, (EntitySlot.Account, 1));
        var written = await windows.Outcomes.WriteAsync(ReportOf(windows, unknown, Outcome.HarassmentConfirmed), Patience.Limit);
        Assert.Equal(new OutcomeWritten(StoreStatus.Ok, IsEventFound: false, Windows: 1), written);
    }

    [Fact]
    public async Task The_account_knows_its_devices_networks_and_its_last_challenge()
    {
        using var windows = new WindowsUnderTest(Store);
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        ScoreEvent Login(int number, int device, int network) => windows.Event(
            number, Scene.Login, now + number, (EntitySlot.Account, 1), (EntitySlot.Device, device), (EntitySlot.IpPrefix, network));

        var first = (await WindowsUnderTest.ObserveAsync(windows.Instance, Login(1, 1, 1))).Account!.Value;
        Assert.False(first.IsKnown);

        var otherNetwork = (await WindowsUnderTest.ObserveAsync(windows.Instance, Login(2, 1, 2))).Account!.Value;
        Assert.True(otherNetwork is { IsKnown: true, IsDeviceKnown: true, IsNetworkKnown: false, CaptchaPassedMilliseconds: 0 });
        Assert.Equal(now + 1, otherNetwork.FirstSeenMilliseconds);

        await ReportAsync(windows, Login(2, 1, 2), Outcome.CaptchaPassed);
        var otherDevice = (await WindowsUnderTest.ObserveAsync(windows.Instance, Login(3, 2, 1))).Account!.Value;
        Assert.True(otherDevice is { IsDeviceKnown: false, IsNetworkKnown: true, CaptchaPassedMilliseconds: 0 });

        var again = (await WindowsUnderTest.ObserveAsync(windows.Instance, Login(4, 1, 1))).Account!.Value;
        Assert.True(again is { IsDeviceKnown: true, IsNetworkKnown: true });
        Assert.NotEqual(0, again.CaptchaPassedMilliseconds);
    }

    [Fact]
    public async Task A_network_that_has_used_up_its_budget_makes_no_new_logs_and_is_still_counted()
    {
        using var windows = new WindowsUnderTest(Store);
        var budget = new NewLogBudget(windows.Clock);
        var instance = windows.NewInstance(budget);
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        ScoreEvent Flood(int number, int network) => windows.Event(
            number, Scene.Register, now, (EntitySlot.Device, number), (EntitySlot.Imei, number), (EntitySlot.Ip, network), (EntitySlot.IpPrefix, network));
        async Task<bool> HasLog(int number) =>
            !(await Store.ReadAsync(windows.KeyOf(EntityKind.Imei, windows.Entity(EntityKind.Imei, number)), 0, Patience.Limit)).Value.IsEmpty;

        await WindowsUnderTest.ObserveAsync(instance, Flood(1, 1));
        budget.Spend(windows.Entity(EntityKind.IpPrefix, 1).High, WindowLimits.MaxNewLogsPerNetworkAndHour - 2);
        var counts = await WindowsUnderTest.ObserveAsync(instance, Flood(2, 1));
        await WindowsUnderTest.ObserveAsync(instance, Flood(3, 2));

        Assert.Equal(2, counts[EntitySlot.Ip][WindowMetric.Registrations, SevenDays]);
        Assert.Equal(1, counts[EntitySlot.Imei][WindowMetric.Registrations, SevenDays]);
        Assert.True(await HasLog(1));
        Assert.False(await HasLog(2));

        // What exists already is counted on: using up the budget blinds nobody.
        var again = windows.Event(5, Scene.Register, now, (EntitySlot.Device, 1), (EntitySlot.Imei, 1), (EntitySlot.Ip, 1), (EntitySlot.IpPrefix, 1));
        await WindowsUnderTest.ObserveAsync(instance, again);
        again = windows.Event(6, Scene.Register, now, (EntitySlot.Device, 1), (EntitySlot.Imei, 1), (EntitySlot.Ip, 1), (EntitySlot.IpPrefix, 1));
        Assert.Equal(3, (await WindowsUnderTest.ObserveAsync(instance, again))[EntitySlot.Imei][WindowMetric.Registrations, SevenDays]);
        Assert.True(await HasLog(3));

        windows.Clock.Advance(TimeSpan.FromHours(1));
        await WindowsUnderTest.ObserveAsync(instance, Flood(4, 1));
        Assert.True(await HasLog(4));
    }

    [Fact]
    public async Task An_outcome_that_was_reported_twice_counts_at_its_first_report_before_and_after_a_trim()
    {
        using var windows = new WindowsUnderTest(Store);
        var attempt = windows.Event(1, Scene.Login, Now(windows), (EntitySlot.Account, 1), (EntitySlot.Device, 1));
        await WindowsUnderTest.ObserveAsync(windows.Instance, attempt);
        await ReportAsync(windows, attempt, Outcome.LoginFailed);
        windows.Clock.Advance(TimeSpan.FromMinutes(20));
        await ReportAsync(windows, attempt, Outcome.LoginFailed);

        // The first report is out of reach, the second one within seven days of an event that comes almost a day late.
        windows.Clock.Advance(WindowLimits.Reach - TimeSpan.FromMinutes(15));
        Assert.Equal(0, await FailuresAsync(2));
        Assert.True(await windows.Trimmer.TrimAsync(windows.KeyOf(EntityKind.Device, attempt.Entity(EntitySlot.Device))));
        Assert.Equal(0, await FailuresAsync(3));

        async Task<int> FailuresAsync(int number)
        {
            var late = windows.Event(number, Scene.Login, Now(windows) - (long)TimeSpan.FromMinutes((24 * 60) - 1).TotalMilliseconds, (EntitySlot.Device, 1));
            return (await WindowsUnderTest.ObserveAsync(windows.Instance, late))[EntitySlot.Device][WindowMetric.Failures, SevenDays];
        }
    }

    private static long Now(WindowsUnderTest windows) => windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Reports; the event's entities are found, because they were remembered before the event was answered.</summary>
    internal static async Task ReportAsync(WindowsUnderTest windows, ScoreEvent scoreEvent, Outcome outcome)
    {
        var written = await windows.Outcomes.WriteAsync(ReportOf(windows, scoreEvent, outcome), Patience.Limit);
        Assert.Equal(StoreStatus.Ok, written.Status);
        Assert.True(written.IsEventFound);
    }

    private static OutcomeReport ReportOf(WindowsUnderTest windows, ScoreEvent scoreEvent, Outcome outcome) => new()
    {
        Keys = scoreEvent.Keys,
        Event = scoreEvent.Event,
        Account = scoreEvent.Entity(EntitySlot.Account),
        Outcome = outcome,
        TimeMilliseconds = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
