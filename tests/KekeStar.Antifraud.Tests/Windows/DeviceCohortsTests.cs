using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Windows;

/// <summary>What the logs of cohort, like devices and network have in common, against the definitions of docs/cohorts.md.</summary>
public sealed class DeviceCohortsTests
{
    private const long Now = 1_800_000_000_000;
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    private static readonly int[] Slots = [EntitySlot.IpPrefix, EntitySlot.Cohort, EntitySlot.Similar, EntitySlot.Similar2];

    private static readonly Gen<Happening> Happenings = Gen.Select(
        Gen.Int[1, 15],
        Gen.Frequency((3, Gen.Const(Scene.Register)), (2, Gen.Const(Scene.Login))),
        Gen.Frequency((6, Gen.Long[0, Day]), (6, Gen.Long[0, 8 * Day]), (1, Gen.Long[-700_000, 0])),
        Gen.Frequency((6, Gen.Const(Outcome.Unspecified)), (1, Gen.Const(Outcome.RegistrationCompleted))),
        Gen.Int[0, 30],
        Gen.Int[1, 5],
        static (logs, scene, age, outcome, device, copies) => new Happening(logs, scene, age, outcome, device, copies == 1 ? 2 : 1));

    [Fact]
    public void Every_value_equals_the_oracles() =>
        Gen.Select(Happenings.Array[1, 400], Gen.Int[1, 15], Gen.Bool, Gen.Int[0, 3]).Sample(
            static (happenings, known, registers, copies) =>
            {
                // The event itself comes last in all logs, and is retried afterwards.
                var events = happenings.Select((happening, index) => (happening, Record(happening, index + 1))).ToList();
                var own = Record(new Happening(15, registers ? Scene.Register : Scene.Login, 0, Outcome.Unspecified, 5, 1), 100_000);
                var cohorts = default(DeviceCohorts);
                var oracle = new CohortOracle(own);
                foreach (var slot in Slots)
                {
                    var bit = 1 << Array.IndexOf(Slots, slot);
                    if ((known & bit) == 0)
                    {
                        continue;
                    }

                    var log = events.Where(one => (one.happening.Logs & bit) != 0)
                        .SelectMany(static one => Enumerable.Repeat(one.Item2, one.happening.Copies))
                        .Concat(Enumerable.Repeat(own, copies)).ToArray();
                    var tail = log[^Math.Min(log.Length, WindowLimits.SecondReadRecords)..];
                    var counts = new WindowCounts();
                    var bytes = Bytes(tail);
                    var findings = WindowCounter.Count(bytes, isCut: tail.Length < log.Length, own, counts);
                    cohorts.Add(slot, bytes, findings, own, counts);
                    oracle.Add(slot, log, counts);
                }

                cohorts.Read(out var cohort, out var similar);

                Assert.Equal(oracle.Cohort(), cohort);
                Assert.Equal(oracle.Similar(), similar);
            },
            iter: 2_000);

    [Fact]
    public void A_farm_that_registers_every_half_hour_shows_by_its_hours_its_network_and_that_nobody_comes_back()
    {
        var (cohort, similar) = Read(Enumerable.Range(0, 96).Select(static number => (number * (Hour / 2), Scene.Register, number + 1)));

        Assert.Equal(new SimilarStanding(1, 1, 24, 24, 20 / 96.0, 1, 96, IsAtLeast: false, IsPrefixAtLeast: false), similar);
        Assert.Equal((96, 1, 24, double.NaN), (cohort!.Value.PrefixRegistrations, cohort.Value.PrefixShare, cohort.Value.PrefixHours, cohort.Value.Surge));
    }

    [Fact]
    public void An_offices_phones_of_one_image_log_in_by_day_and_come_back()
    {
        // 09:00 to 18:00 in China, from the ten hours of 20 phones on each of five days.
        var begin = Now - ((Now + (8 * Hour)) % Day) + (9 * Hour);
        var attempts = Enumerable.Range(0, 200).Select(number => (Now - begin + (((number / 50) + 1) * Day) - (number % 10 * Hour), Scene.Login, (number % 20) + 1));

        var (_, similar) = Read(attempts);

        Assert.Equal((0, 0.1, 10, 0), (similar!.Value.RegistrationShare, similar.Value.DeviceShare, similar.Value.ActiveHours, similar.Value.RegistrationHours));
        Assert.Equal(double.NaN, similar.Value.NightShare);
    }

    [Fact]
    public void A_surge_is_told_from_the_days_that_the_log_holds_and_not_from_those_before_it_began()
    {
        // Two a day for three days, then 20.
        var attempts = Enumerable.Range(0, 6).Select(static number => (Day + (Day / 4) + (number * (Day / 2)), Scene.Register, number + 1))
            .Concat(Enumerable.Range(0, 20).Select(static number => (number * Hour, Scene.Register, number + 10)));
        Assert.Equal(20 / (6 / 2.75), Read(attempts).Cohort!.Value.Surge, 1e-9);

        Assert.Equal(double.NaN, Read(Enumerable.Range(0, 40).Select(static number => (number * Hour, Scene.Register, number + 1))).Cohort!.Value.Surge);
        Assert.Equal(double.NaN, Read(Enumerable.Range(0, 300).Select(static number => (number * Hour / 30, Scene.Register, number + 1))).Cohort!.Value.Surge);
    }

    [Fact]
    public void Past_256_attempts_counts_are_lower_bounds_and_say_so()
    {
        var (cohort, similar) = Read(Enumerable.Range(0, 300).Select(static number => (number * (Hour / 4), Scene.Register, number + 1)));
        Assert.Equal((256, true, true), (similar!.Value.PrefixRegistrations, similar.Value.IsAtLeast, similar.Value.IsPrefixAtLeast));
        Assert.Equal((256, true), (cohort!.Value.PrefixRegistrations, cohort.Value.IsAtLeast));
    }

    // All in one network, cohort and cluster; the youngest is the event.
    private static (CohortStanding? Cohort, SimilarStanding? Similar) Read(IEnumerable<(long Age, Scene Scene, int Device)> attempts)
    {
        var log = attempts.OrderByDescending(static attempt => attempt.Age)
            .Select(static (attempt, index) => Record(new Happening(15, attempt.Scene, attempt.Age, Outcome.Unspecified, attempt.Device, 1), index + 1)).ToArray();
        var tail = Bytes(log[^Math.Min(log.Length, WindowLimits.TrimRecords)..]);
        var cohorts = default(DeviceCohorts);
        foreach (var slot in Slots)
        {
            var counts = new WindowCounts();
            var findings = WindowCounter.Count(tail, log.Length > WindowLimits.TrimRecords, log[^1], counts);
            cohorts.Add(slot, tail, findings, log[^1], counts);
        }

        cohorts.Read(out var cohort, out var similar);
        return (cohort, similar);
    }

    private static WindowRecord Record(Happening happening, int number) => new(
        Now - happening.Age,
        (byte)happening.Scene,
        (byte)happening.Outcome,
        IsLate: false,
        Account: (ulong)number,
        Device: (ulong)happening.Device,
        EventHash: SplitMix64.Mix((ulong)number));

    private static byte[] Bytes(WindowRecord[] records)
    {
        var bytes = new byte[records.Length * WindowRecord.Length];
        for (var i = 0; i < records.Length; i++)
        {
            records[i].Write(bytes.AsSpan(i * WindowRecord.Length));
        }

        return bytes;
    }

    private sealed record Happening(int Logs, Scene Scene, long Age, Outcome Outcome, int Device, int Copies);
}
