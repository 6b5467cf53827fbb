using CsCheck;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Windows;

/// <summary>Where and with what an account was used: random logs against the definition of docs/windows.md, in LINQ.</summary>
[Collection(nameof(AllocationCollection))]
public sealed class AccountSightingsTests
{
    private const long Now = 1_800_000_000_000;
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    // China, its neighbour Vietnam, Japan (near), the United States and France (far).
    private static readonly string[] Countries = ["CN", "VN", "JP", "US", "FR", "--"];

    private static readonly Gen<Attempt> Attempts = Gen.Select(
        Gen.OneOf(Gen.Long[-600_000, Hour], Gen.Long[0, 2 * Day], Gen.Long[0, 8 * Day]),
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 4]),
        Gen.Int[0, Countries.Length - 1],
        Gen.Bool,
        Gen.Int[0, 4],
        Gen.Frequency((5, Gen.Const(Outcome.Unspecified)), (1, Gen.Const(Outcome.LoginFailed))),
        static (age, marks, country, isHosting, access, outcome) => new Attempt(
            Now - age, (byte)marks.Item1, (byte)marks.Item2, marks.Item3, Countries[country], isHosting && country % 2 == 0, (AccessType)access, outcome));

    [Fact]
    public void Sightings_equal_the_oracles()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        Gen.Select(Attempts.Array[0, 12], Attempts, Gen.Int[0, 3], Gen.Bool).Sample(
            (log, own, secondCard, isWritten) =>
            {
                own = own with { Time = Now, Outcome = Outcome.Unspecified };
                var records = log.Select((attempt, index) => attempt.Record(index + 1)).Append(own.Record(1_000)).ToArray();
                var bytes = new byte[records.Length * WindowRecord.Length];
                for (var i = 0; i < records.Length; i++)
                {
                    records[i].Write(bytes.AsSpan(i * WindowRecord.Length));
                }

                var tail = isWritten ? bytes : bytes[..^WindowRecord.Length];
                var findings = WindowCounter.Count(tail, isCut: false, records[^1], new WindowCounts());
                var actual = AccountSightings.Read(tail, findings, records[^1], (byte)secondCard);

                Assert.Equal(Expected(log, own, (byte)secondCard), actual);
                Count(seen, $"install {actual.IsNewInstall}");
                Count(seen, $"card {actual.IsNewCard}");
                Count(seen, $"country {actual.IsNewCountry}");
                Count(seen, $"travel {actual.IsTravelImpossible}");
            },
            iter: 20_000,
            threads: 1);
        Assert.Equal(12, seen.Count);
        Assert.All(seen.Values, static count => Assert.True(count > 20));
    }

    [Fact]
    public void An_owner_at_home_is_not_flagged_because_a_thief_was_elsewhere()
    {
        Attempt home = new(Now - (3 * Day), 0, 0, 1, "CN", false, AccessType.Wifi, Outcome.Unspecified);
        var thief = home with { Time = Now - (Hour / 2), Country = "US", Network = 2 };

        Assert.True(Read([home, home with { Time = thief.Time - 1 }], thief).IsTravelImpossible);
        Assert.False(Read([home, thief], home with { Time = Now }).IsTravelImpossible);
    }

    [Theory]
    [InlineData("CN", "US", AccessType.Wifi, false, true)]
    [InlineData("CN", "US", AccessType.Ethernet, false, true)]
    [InlineData("CN", "US", AccessType.Cellular, false, null)]
    [InlineData("CN", "US", AccessType.Unspecified, false, null)]
    [InlineData("CN", "US", AccessType.Wifi, true, null)]
    [InlineData("CN", "VN", AccessType.Wifi, false, false)]
    [InlineData("CN", "JP", AccessType.Wifi, false, false)]
    [InlineData("CN", "--", AccessType.Wifi, false, null)]
    public void Travel_is_impossible_where_place_and_distance_are_sure(string from, string to, AccessType access, bool isHosting, bool? expected)
    {
        Attempt home = new(Now - (Hour / 2), 0, 0, 1, from, false, AccessType.Wifi, Outcome.Unspecified);
        Assert.Equal(expected, Read([home], home with { Time = Now, Country = to, IsHosting = isHosting, Access = access }).IsTravelImpossible);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        Attempt home = new(Now - Hour, 1, 1, 1, "CN", false, AccessType.Wifi, Outcome.Unspecified);
        var log = new byte[WindowRecord.Length];
        home.Record(1).Write(log);
        var findings = WindowCounter.Count(log, isCut: false, home.Record(2), new WindowCounts());
        var own = home.Record(2);
        AccountSightings.Read(log, findings, own, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            AccountSightings.Read(log, findings, own, 0);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static AccountSightings Read(Attempt[] log, Attempt own)
    {
        var bytes = new byte[log.Length * WindowRecord.Length];
        for (var i = 0; i < log.Length; i++)
        {
            log[i].Record(i + 1).Write(bytes.AsSpan(i * WindowRecord.Length));
        }

        var record = own.Record(1_000);
        return AccountSightings.Read(bytes, WindowCounter.Count(bytes, isCut: false, record, new WindowCounts()), record, 0);
    }

    private static AccountSightings Expected(Attempt[] log, Attempt own, byte secondCard)
    {
        var before = log.Where(attempt => attempt.Outcome == Outcome.Unspecified && Now - attempt.Time < 7 * Day).ToList();
        var cards = new[] { own.Card, secondCard }.Where(card => card != 0).ToList();
        var today = before.Where(attempt => Now - attempt.Time < Day && attempt.Time - Now <= 600_000).Append(own).ToList();
        var isNewCountry = IsNew(before, attempt => attempt.KnownCountry, [own.KnownCountry]);
        var hour = before.Where(attempt => Math.Abs(Now - attempt.Time) < Hour && attempt.IsPlace).ToList();
        return new AccountSightings(
            IsNew(before, attempt => attempt.Install, own.Install == 0 ? [] : [own.Install]),
            IsNew(before, attempt => attempt.Card, cards),
            own.KnownCountry == 0 ? null : isNewCountry,
            own.KnownCountry == 0 ? 0 : today.Select(attempt => attempt.KnownCountry).Where(country => country != 0).Distinct().Count(),
            own.Network == 0 ? 0 : today.Select(attempt => attempt.Network).Where(network => network != 0).Distinct().Count(),
            !own.IsPlace || hour.Count == 0 ? null
                : isNewCountry == true && hour.Exists(attempt => IsFar(attempt.Country, own.Country)));
    }

    private static bool? IsNew<T>(List<Attempt> before, Func<Attempt, T> what, List<T> own)
        where T : struct
    {
        var told = before.Where(attempt => !what(attempt).Equals(default(T))).ToList();
        return own.Count == 0 || told.Count == 0 ? null
            : !told.Where((attempt, index) => index == 0 || Now - attempt.Time >= Day).Any(attempt => own.Contains(what(attempt)));
    }

    private static bool IsFar(string left, string right)
    {
        string[] asia = ["CN", "VN", "JP"];
        return left != right && !(asia.Contains(left) && asia.Contains(right) && (left, right) is not (("VN", "JP") or ("JP", "VN")));
    }

    private static void Count(Dictionary<string, int> seen, string what) => seen[what] = seen.GetValueOrDefault(what) + 1;

    private sealed record Attempt(long Time, byte Install, byte Card, int Network, string Country, bool IsHosting, AccessType Access, Outcome Outcome)
    {
        public ushort KnownCountry => IsHosting ? (ushort)0 : CountryCode.Of(Country).Value;

        public bool IsPlace => KnownCountry != 0 && Access is (AccessType.Wifi or AccessType.Ethernet);

        public WindowRecord Record(int number) => new(
            Time,
            (byte)Scene.Login,
            (byte)Outcome,
            IsLate: false,
            AccountContext.Pack((ulong)Network << 50, new AddressFacts(1, CountryCode.Of(Country), IsHosting), Access, 7),
            Device: 1,
            (ulong)number * 0x9E37_79B9_7F4A_7C15)
        {
            Install = Install,
            Hardware = Card,
        };
    }
}
