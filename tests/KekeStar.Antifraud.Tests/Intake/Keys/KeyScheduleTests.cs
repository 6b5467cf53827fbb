using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Intake.Keys;

public sealed class KeyScheduleTests
{
    // Enough to meet each edge of a rotation, with a clock skew that matters, many times.
    private const int Samples = 5_000;

    [Fact]
    public void The_longest_window_is_that_of_the_windows() => Assert.Equal(WindowLimits.Retention, KeySchedule.LongestWindow);

    [Fact]
    public void Nothing_in_the_windows_is_remembered_longer_than_an_epoch_retires() =>
        Assert.Equal(WindowLimits.ContextRetention, KeySchedule.LongestMemory);

    [Fact]
    public void An_epoch_is_filled_for_as_long_as_an_outcome_of_an_event_before_it_can_come_and_count_and_a_day_more()
    {
        Assert.Equal(TimeSpan.FromDays(17), KeySchedule.FillDuration);
        var latestOutcome = WindowLimits.Retention + IntakeLimits.MaxEventAge;
        Assert.True(KeySchedule.FillDuration >= latestOutcome + WindowLimits.Reach + KeySchedule.LatestLoad);
    }

    [Fact]
    public void When_an_epoch_is_expired_nothing_that_it_wrote_is_left() =>
        Assert.True(KeySchedule.RotationDuration - KeySchedule.FillDuration - KeySchedule.SwitchGrace > WindowLimits.ContextRetention);

    [Fact]
    public void The_roles_of_a_rotation_are_those_of_the_document()
    {
        var begins = KeySchedules.Start;
        var schedule = new KeySchedule([null, begins]);
        var moment = TimeSpan.FromMilliseconds(1);
        var (switched, over) = (TimeSpan.FromDays(17), new TimeSpan(33, 1, 10, 0));
        (TimeSpan After, KeyEpochRole Old, KeyEpochRole New, bool WritesOld, bool WritesNew)[] expected =
        [
            (-moment, KeyEpochRole.Current, KeyEpochRole.Pending, true, false),
            (TimeSpan.Zero, KeyEpochRole.Current, KeyEpochRole.Filling, true, true),
            (switched - moment, KeyEpochRole.Current, KeyEpochRole.Filling, true, true),
            (switched, KeyEpochRole.Retiring, KeyEpochRole.Current, true, true),
            (switched + TimeSpan.FromMinutes(10) - moment, KeyEpochRole.Retiring, KeyEpochRole.Current, true, true),
            (switched + TimeSpan.FromMinutes(10), KeyEpochRole.Retiring, KeyEpochRole.Current, false, true),
            (over - moment, KeyEpochRole.Retiring, KeyEpochRole.Current, false, true),
            (over, KeyEpochRole.Expired, KeyEpochRole.Current, false, true),
        ];
        foreach (var (after, old, next, writesOld, writesNew) in expected)
        {
            var now = begins + after;
            Assert.Equal(
                (old, next, writesOld, writesNew),
                (schedule.RoleAt(0, now), schedule.RoleAt(1, now), schedule.IsWrittenAt(0, now), schedule.IsWrittenAt(1, now)));
        }
    }

    [Fact]
    public void At_any_time_one_epoch_is_counted_in_and_at_most_one_other_in_use() => KeySchedules.AndTime.Sample(sample =>
    {
        var roles = Roles(sample.Begins, sample.Now);
        Assert.Single(roles, KeyEpochRole.Current);
        Assert.InRange(roles.Count(role => role is KeyEpochRole.Filling or KeyEpochRole.Retiring), 0, 1);
    }, iter: Samples);

    [Fact]
    public void What_is_counted_in_was_written_for_the_whole_fill_duration_unless_it_is_the_first() =>
        Gen.Select(KeySchedules.AndTime, Gen.Double.Unit).Sample((sample, share) =>
        {
            var schedule = new KeySchedule(sample.Begins);
            var current = Array.IndexOf(Roles(sample.Begins, sample.Now), KeyEpochRole.Current);
            var before = sample.Now - (KeySchedule.FillDuration * share);
            Assert.True(schedule.IsWrittenAt(current, sample.Now));
            Assert.True(current == 0 || schedule.IsWrittenAt(current, before));
        }, iter: Samples);

    [Fact]
    public void What_an_instance_counts_in_is_written_by_all_whose_clocks_are_within_the_allowed_skew() =>
        Gen.Select(KeySchedules.AndTime, Gen.Double.Unit).Sample((sample, share) =>
        {
            var schedule = new KeySchedule(sample.Begins);
            var current = Array.IndexOf(Roles(sample.Begins, sample.Now), KeyEpochRole.Current);
            Assert.True(schedule.IsWrittenAt(current, sample.Now + (IntakeLimits.MaxClockSkew * share)));
            Assert.True(schedule.IsWrittenAt(current, sample.Now - (IntakeLimits.MaxClockSkew * share)));
        }, iter: Samples);

    [Fact]
    public void Roles_only_go_forward() =>
        Gen.Select(KeySchedules.AndTime, Gen.Int[0, 60 * 24 * 60]).Sample((sample, minutes) =>
        {
            var earlier = Roles(sample.Begins, sample.Now);
            var later = Roles(sample.Begins, sample.Now.AddMinutes(minutes));
            Assert.All(earlier.Zip(later), static pair => Assert.True(pair.First <= pair.Second));
        }, iter: Samples);

    [Fact]
    public void A_state_lasts_from_since_to_until() => KeySchedules.AndTime.Sample(sample =>
    {
        var schedule = new KeySchedule(sample.Begins);
        for (var i = 0; i < sample.Begins.Length; i++)
        {
            var state = KeyEpochState.Of(schedule, i, (byte)(i + 1), KeyAlgorithm.HmacSha256, sample.Now);
            Assert.Equal(schedule.RoleAt(i, sample.Now), state.Role);
            if (state.Until is { } until)
            {
                Assert.True(until > sample.Now);
                Assert.Equal(state.Role, schedule.RoleAt(i, until.AddMilliseconds(-1)));
                Assert.Equal(state.Role + 1, schedule.RoleAt(i, until));
            }

            // The first epoch of a file has its role from before, so its since is no change within this schedule.
            if (state.Since is { } since && i > 0)
            {
                Assert.True(since <= sample.Now);
                Assert.Equal(state.Role, schedule.RoleAt(i, since));
                Assert.Equal(state.Role - 1, schedule.RoleAt(i, since.AddMilliseconds(-1)));
            }
        }
    }, iter: Samples);

    [Fact]
    public void A_first_epoch_that_is_not_filled_lacks_the_one_before_it()
    {
        var begins = KeySchedules.Start;
        var schedule = new KeySchedule([begins]);
        Assert.True(schedule.LacksCurrent(begins));
        Assert.True(schedule.LacksCurrent(begins + KeySchedule.FillDuration - TimeSpan.FromMilliseconds(1)));
        Assert.False(schedule.LacksCurrent(begins + KeySchedule.FillDuration));
        Assert.False(new KeySchedule([null, begins]).LacksCurrent(begins));
    }

    private static KeyEpochRole[] Roles(DateTimeOffset?[] begins, DateTimeOffset now)
    {
        var schedule = new KeySchedule(begins);
        return [.. Enumerable.Range(0, begins.Length).Select(i => schedule.RoleAt(i, now))];
    }
}
