using System.Globalization;
using CsCheck;
using Google.Protobuf;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consistency;
using KekeStar.Antifraud.V1;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

/// <summary>
/// 100,000 sets of signals of honest devices, and as many with exactly one signal changed; by a fixed seed, and again a
/// smaller number by CsCheck's.
/// </summary>
public sealed class GenuineAndForgedTests(ITestOutputHelper output)
{
    private const int Sets = 100_000;
    private const int Seed = 20_261_125;

    // The country of a card differs for everybody who travels: said, not held against anybody.
    private static readonly ulong Violations = ~CheckResults.Bit(SignalCheck.SimCountry);

    private readonly IntakeUnderTest _intake = new();
    private readonly ScoreEvent _event = new();

    [Fact]
    public void Of_a_hundred_thousand_genuine_sets_at_most_one_in_a_thousand_is_flagged()
    {
        var genuine = new GenuineSets(new Random(Seed));
        var known = new int[64];
        var violated = new int[64];
        var flagged = 0;
        for (var i = 0; i < Sets; i++)
        {
            Parse(genuine.Next());
            flagged += (_event.ChecksViolated & Violations) != 0 ? 1 : 0;
            Count(_event.ChecksKnown, known);
            Count(_event.ChecksViolated, violated);
        }

        foreach (var check in Enum.GetValues<SignalCheck>())
        {
            Write($"{check,-22} known in {Share(known[(int)check], Sets)}, violated {violated[(int)check]}");
        }

        Write($"genuine sets flagged: {flagged} of {Sets} ({Share(flagged, Sets)})");
        Assert.InRange(flagged, 0, Sets / 1_000);
    }

    [Fact]
    public void Of_a_hundred_thousand_forged_sets_99_in_a_hundred_are_flagged_where_the_tables_cover_the_pair()
    {
        var random = new Random(Seed + 1);
        var genuine = new GenuineSets(random);
        var forger = new ForgedSets(random, genuine);
        var tallies = ForgedSets.Kinds.ToDictionary(kind => kind, _ => (Made: 0, Covered: 0, Flagged: 0, FlaggedAll: 0));
        for (var made = 0; made < Sets;)
        {
            var kind = ForgedSets.Kinds[random.Next(ForgedSets.Kinds.Count)];
            var set = genuine.Full(PhoneLine.All[random.Next(PhoneLine.All.Count)]);
            Parse(Checked.NewRequest(set.Device.Clone(), set.Address));
            var before = _event.ChecksViolated & Violations;
            if (before != 0 || !forger.TryForge(kind, set))
            {
                continue;
            }

            made++;
            Parse(Checked.NewRequest(set.Device, set.Address));
            var isCovered = (_event.ChecksKnown & CheckResults.Bit(kind.Check)) != 0;
            var isFlagged = (_event.ChecksViolated & Violations) != 0;
            var (count, covered, flagged, all) = tallies[kind];
            tallies[kind] = (count + 1, covered + (isCovered ? 1 : 0), flagged + (isCovered && isFlagged ? 1 : 0), all + (isFlagged ? 1 : 0));
        }

        foreach (var (kind, tally) in tallies)
        {
            Write($"{kind.Name,-34} made {tally.Made}, covered by {kind.Check} {Share(tally.Covered, tally.Made)}, "
                + $"of these flagged {Share(tally.Flagged, tally.Covered)}; flagged of all {Share(tally.FlaggedAll, tally.Made)}");
        }

        var (sumCovered, sumFlagged) = (tallies.Values.Sum(tally => tally.Covered), tallies.Values.Sum(tally => tally.Flagged));
        Write($"forged sets covered: {sumCovered} of {Sets} ({Share(sumCovered, Sets)}); of these flagged {Share(sumFlagged, sumCovered)}");
        Assert.True(sumCovered >= Sets / 2, "the tables must cover most pairs for the figure to say anything");
        Assert.True(sumFlagged >= 0.99 * sumCovered);
        Assert.All(tallies, tally => Assert.True(tally.Value.Flagged >= 0.95 * tally.Value.Covered, tally.Key.Name));
    }

    [Fact]
    public void A_genuine_set_of_any_seed_is_hardly_ever_flagged()
    {
        const int PerSeed = 100;
        const int Seeds = 100;
        var flagged = 0;
        Gen.Int.Sample(
            seed =>
            {
                var genuine = new GenuineSets(new Random(seed));
                for (var i = 0; i < PerSeed; i++)
                {
                    Parse(genuine.Next());
                    flagged += (_event.ChecksViolated & Violations) != 0 ? 1 : 0;
                }
            },
            iter: Seeds,
            threads: 1);

        // 0.1 % are 10 of 10,000; a fair coin of that kind exceeds 22 once in 10,000 runs.
        Assert.InRange(flagged, 0, 22);
    }

    private void Parse(ScoreRequest request)
    {
        _intake.Parse(request.ToByteArray(), _event);
        Assert.Equal(RequestError.None, _event.Error);
    }

    private static void Count(ulong bits, int[] counts)
    {
        for (; bits != 0; bits &= bits - 1)
        {
            counts[System.Numerics.BitOperations.TrailingZeroCount(bits)]++;
        }
    }

    private static string Share(int part, int whole) =>
        whole == 0 ? "–" : (100.0 * part / whole).ToString("0.000", CultureInfo.InvariantCulture) + " %";

    private void Write(FormattableString line) => output.WriteLine(FormattableString.Invariant(line));

    private void Write(string line) => output.WriteLine(line);
}
