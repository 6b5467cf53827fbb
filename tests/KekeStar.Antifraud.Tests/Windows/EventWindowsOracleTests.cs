using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Windows;

/// <summary>
/// Random life against <see cref="WindowOracle"/>: 200 histories of 500 steps, 100,000 steps for each store, with
/// late events, clocks up to ten minutes apart, retries through other instances, outcomes, quiet days and trimming.
/// </summary>
public abstract class EventWindowsOracleTests : EventWindowsTests
{
    private const int Histories = 200;
    private const int StepsPerHistory = 500;

    // Retries and outcomes go to one of the last twenty events; outcomes of others may lie between.
    private const int Followers = 60;

    private static readonly int[] Slots = [EntitySlot.Account, EntitySlot.Device, EntitySlot.Bssid, EntitySlot.Ip, EntitySlot.IpPrefix];

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Frequency((12, Gen.Const(Act.Event)), (2, Gen.Const(Act.Retry)), (2, Gen.Const(Act.Outcome)), (1, Gen.Const(Act.Trim))),
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 3]),
        AnyOf(Scene.Register, Scene.Login, Scene.SendMessage),
        Gen.Frequency(
            (12, Gen.Long[0, 2_000]), (4, AnyOf(0L, 59_999L, 60_000L, 60_001L, 300_000L)), (1, Gen.Long[0, 7_200_000]), (1, Gen.Long[0, 200_000_000])),
        Gen.Frequency((6, Gen.Const(0L)), (3, Gen.Long[-600_000, 600_000]), (1, Gen.Long[-86_400_000, 0])),
        AnyOf(Outcome.LoginFailed, Outcome.CaptchaFailed, Outcome.HarassmentConfirmed, Outcome.LoginSucceeded, Outcome.RegistrationCompleted),
        static (act, entities, scene, pause, skew, outcome) => new Step(act, entities.Item1, entities.Item2, entities.Item3, scene, pause, skew, outcome));

    private enum Act
    {
        Event,
        Retry,
        Outcome,
        Trim,
    }

    [Fact]
    public Task Every_count_of_every_window_equals_the_oracles() =>
        Steps.Array[StepsPerHistory].SampleAsync(LiveAsync, iter: Histories, threads: 1, print: static steps => $"{steps.Length} steps");

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static void Compare(WindowOracle oracle, EventCounts counts, ScoreEvent scoreEvent)
    {
        foreach (var slot in Slots)
        {
            var kind = EntitySlot.Kind(slot);
            var seen = oracle.SeenBy(kind, scoreEvent.Entity(slot), scoreEvent.Event.High);
            for (var window = 0; window < WindowLengths.Count; window++)
            {
                var atLeast = counts[slot].AtLeast(window);

                // What an event that is retried saw may have been trimmed away since: the last 256 records are kept, and it has
                // followers.
                Assert.False(
                    atLeast && seen.Count <= WindowLimits.TailRecords - Followers, $"{kind} says at least although it could know");
                for (var metric = WindowMetric.Events; metric < WindowMetric.Regularity; metric++)
                {
                    // An account's own log holds networks and countries where others hold accounts.
                    if (metric is not (WindowMetric.Accounts or WindowMetric.FailedAccounts) || slot != EntitySlot.Account)
                    {
                        CompareCount(seen, counts[slot], scoreEvent.TimeMilliseconds, metric, window);
                    }
                }

                if (!atLeast)
                {
                    Assert.Equal(WindowOracle.Regularity(seen, scoreEvent.TimeMilliseconds, window), counts[slot].Regularity(window), 1e-6);
                }
            }
        }
    }

    private static void CompareCount(List<WindowOracle.Happening> seen, WindowCounts counts, long time, WindowMetric metric, int window)
    {
        var expected = WindowOracle.Count(seen, time, metric, window);
        var actual = counts[metric, window];
        if (!counts.AtLeast(window))
        {
            Assert.True(expected == actual, $"{metric} in window {window}: {actual}, expected {expected}");
            return;
        }

        // Past the cap: never more than the truth, and no less than what the last records hold. Of the 256 that are kept
        // some may be copies whose first records are just out of sight, or have followed the event that is retried.
        var tail = seen[^Math.Min(seen.Count, WindowLimits.TailRecords - Followers)..];
        Assert.InRange(actual, WindowOracle.Count(tail, time, metric, window), expected);
    }

    private async Task LiveAsync(Step[] steps)
    {
        using var windows = new WindowsUnderTest(Store);
        var other = windows.NewInstance();
        var oracle = new WindowOracle();
        var lived = new List<ScoreEvent>();
        for (var number = 0; number < steps.Length; number++)
        {
            var step = steps[number];
            windows.Clock.Advance(TimeSpan.FromMilliseconds(step.Pause));
            if (step.Act == Act.Event || lived.Count == 0)
            {
                var scoreEvent = NewEvent(windows, number, step);
                lived.Add(scoreEvent);
                Note(oracle, scoreEvent, scoreEvent.Scene, Outcome.Unspecified, scoreEvent.TimeMilliseconds);
                Compare(oracle, await WindowsUnderTest.ObserveAsync(windows.Instance, scoreEvent), scoreEvent);
                continue;
            }

            // One of the last twenty, so that its first record is still within the tail of every entity.
            var earlier = lived[^(1 + (number % Math.Min(20, lived.Count)))];
            var age = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds() - earlier.TimeMilliseconds;
            switch (step.Act)
            {
                // Intake turns away what is older than that.
                case Act.Retry or Act.Outcome when age > IntakeLimits.MaxEventAge.TotalMilliseconds:
                    break;
                case Act.Retry:
                    Compare(oracle, await WindowsUnderTest.ObserveAsync(number % 2 == 0 ? windows.Instance : other, earlier), earlier);
                    break;
                case Act.Outcome:
                    Note(oracle, earlier, Scene.Unspecified, step.Outcome, windows.Clock.GetUtcNow().ToUnixTimeMilliseconds());
                    await ReportAsync(windows, earlier, step.Outcome);
                    break;
                default:
                    var slot = Slots[number % Slots.Length];
                    await windows.Trimmer.TrimAsync(windows.KeyOf(EntitySlot.Kind(slot), earlier.Entity(slot)));
                    break;
            }
        }
    }

    private static ScoreEvent NewEvent(WindowsUnderTest windows, int number, Step step) => windows.Event(
        number,
        step.Scene,
        windows.Clock.GetUtcNow().ToUnixTimeMilliseconds() + step.Skew,
        (EntitySlot.Account, step.Account),
        (EntitySlot.Device, step.Device),
        (EntitySlot.Bssid, step.Network),
        (EntitySlot.Ip, step.Network),
        (EntitySlot.IpPrefix, 1));

    private static void Note(WindowOracle oracle, ScoreEvent scoreEvent, Scene scene, Outcome outcome, long time)
    {
        foreach (var slot in Slots)
        {
            oracle.Add(
                EntitySlot.Kind(slot),
                scoreEvent.Entity(slot),
                new WindowOracle.Happening(
                    time, scene, outcome, scoreEvent.Entity(EntitySlot.Account).High, scoreEvent.Entity(EntitySlot.Device).High, scoreEvent.Event.High));
        }
    }

    private sealed record Step(Act Act, int Account, int Device, int Network, Scene Scene, long Pause, long Skew, Outcome Outcome);
}
