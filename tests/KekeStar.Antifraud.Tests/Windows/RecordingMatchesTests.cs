using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Windows;

/// <summary>Who else sent this recording: whoever shares two of its digests.</summary>
public sealed class RecordingMatchesTests
{
    private const long Now = 1_800_000_000_000;
    private const long Week = 7 * 24 * 3_600_000L;
    private const ulong OwnAccount = 1;
    private const ulong OwnDevice = 11;

    private static readonly Gen<Sent> AnySent = Gen.Select(
        Gen.Int[0, EntitySlot.RecordingCount - 1],
        Gen.OneOf(0UL, OwnAccount, 2UL, 3UL, 4UL),
        Gen.OneOf(0UL, OwnDevice, 12UL, 13UL, 14UL, 15UL),
        Gen.OneOf(0L, 1L, Week - 1, Week),
        Gen.OneOf(Outcome.Unspecified, Outcome.Unspecified, Outcome.Unspecified, Outcome.LoginFailed),
        (digest, account, device, age, outcome) => new Sent(digest, account, device, age, outcome));

    [Fact]
    public void One_digest_alone_is_not_enough() =>
        Assert.Equal(0, Count([new Sent(0, 2, 12), new Sent(1, 3, 13)]).Devices);

    [Fact]
    public void Two_digests_tell_a_device() => Assert.Equal(1, Count([new Sent(0, 2, 12), new Sent(5, 2, 12)]).Devices);

    [Fact]
    public void The_same_digest_twice_is_one_digest() => Assert.Equal(0, Count([new Sent(0, 2, 12), new Sent(0, 3, 12)]).Devices);

    [Fact]
    public void A_device_with_many_accounts_is_one_device() =>
        Assert.Equal(1, Count([new Sent(0, 2, 12), new Sent(1, 3, 12), new Sent(2, 4, 12)]).Devices);

    [Fact]
    public void Without_a_device_the_account_counts() =>
        Assert.Equal(2, Count([new Sent(0, 2, 0), new Sent(1, 2, 0), new Sent(0, 3, 0), new Sent(2, 3, 0)]).Devices);

    [Fact]
    public void The_own_device_and_the_own_account_do_not_count() =>
        Assert.Equal(0, Count([new Sent(0, 2, OwnDevice), new Sent(1, 2, OwnDevice), new Sent(0, OwnAccount, 12), new Sent(1, OwnAccount, 12), new Sent(0, OwnAccount, 0), new Sent(1, OwnAccount, 0)]).Devices);

    [Fact]
    public void Whoever_names_no_device_may_be_one_of_those_that_stand_there()
    {
        Sent[] sent = [new(0, 2, 12), new(1, 2, 12), new(0, 3, 13), new(1, 3, 13)];
        Assert.Equal(2, Count(sent).Devices);
        Assert.Equal(1, Count(sent, device: 0).Devices);
        Assert.Equal(0, Count(sent[..2], device: 0).Devices);
    }

    [Fact]
    public void Outcomes_and_what_a_week_does_not_reach_do_not_count()
    {
        Assert.Equal(0, Count([new Sent(0, 2, 12, Week), new Sent(1, 2, 12)]).Devices);
        Assert.Equal(1, Count([new Sent(0, 2, 12, Week - 1), new Sent(1, 2, 12)]).Devices);
        Assert.Equal(0, Count([new Sent(0, 2, 12, 0, Outcome.LoginFailed), new Sent(1, 2, 12)]).Devices);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void With_fewer_than_two_digests_nothing_is_known(int digests, bool isKnown) =>
        Assert.Equal(isKnown, Count([], digests: digests).IsKnown);

    [Fact]
    public void More_than_eight_are_eight() =>
        Assert.Equal(8, Count([.. Enumerable.Range(0, 40).Select(i => new Sent(i % 2, 2, 20 + ((ulong)i / 2)))]).Devices);

    [Fact]
    public void More_senders_than_there_is_room_for_give_a_lower_bound()
    {
        var matches = Count([.. Enumerable.Range(0, 8 * 250).Select(i => new Sent(i % 8, 2, 1_000 + (ulong)i))]);
        Assert.True(matches.IsAtLeast);
        Assert.Equal(0, matches.Devices);
        Assert.False(Count([]).IsAtLeast);
    }

    [Fact]
    public void Other_logs_say_nothing_of_a_recording()
    {
        var matches = new RecordingMatches();
        var own = Own(OwnDevice);
        var log = Log([new Sent(0, 2, 12)], 0, own);
        for (var slot = 0; slot < EntitySlot.Recording; slot++)
        {
            matches.Add(slot, log, WindowCounter.Count(log, isCut: false, own, new WindowCounts()), own);
        }

        Assert.False(matches.IsKnown);
    }

    [Fact]
    public void It_counts_what_counting_by_hand_counts() =>
        Gen.Select(AnySent.Array[0, 60], Gen.Bool).Sample((sent, namesDevice) =>
        {
            var device = namesDevice ? OwnDevice : 0;
            Assert.Equal(ByHand(sent, device), Count(sent, device).Devices);
        });

    [Fact]
    public void To_refuse_the_devices_identifiers_never_raises_the_number() =>
        AnySent.Array[0, 60].Sample(sent => Assert.True(Count(sent, device: 0).Devices <= Count(sent).Devices));

    [Fact]
    public void What_came_before_is_forgotten() =>
        Gen.Select(AnySent.Array[0, 60], AnySent.Array[0, 60]).Sample((first, second) =>
        {
            var matches = new RecordingMatches();
            Add(matches, first, OwnDevice, EntitySlot.RecordingCount);
            matches.Clear();
            Add(matches, second, OwnDevice, EntitySlot.RecordingCount);
            Assert.Equal(Count(second).Devices, matches.Devices);
        });

    private static int ByHand(Sent[] sent, ulong device)
    {
        var others = sent
            .Where(one => one.Outcome == Outcome.Unspecified && one.Age < Week && one.Account != OwnAccount)
            .Where(one => one.Device != 0 ? one.Device != device : one.Account != 0)
            .GroupBy(one => one.Device != 0 ? (one.Device, 0UL) : (0UL, one.Account))
            .Where(group => group.Select(one => one.Digest).Distinct().Count() >= 2)
            .ToList();
        var devices = others.Count(group => group.Key.Item1 != 0);
        return Math.Min(8, Math.Max(0, device == 0 ? devices - 1 : devices) + others.Count(group => group.Key.Item1 == 0));
    }

    private static RecordingMatches Count(Sent[] sent, ulong device = OwnDevice, int digests = EntitySlot.RecordingCount)
    {
        var matches = new RecordingMatches();
        Add(matches, sent, device, digests);
        return matches;
    }

    private static void Add(RecordingMatches matches, Sent[] sent, ulong device, int digests)
    {
        var own = Own(device);
        for (var digest = 0; digest < digests; digest++)
        {
            var log = Log(sent, digest, own);
            matches.Add(
                EntitySlot.Recording + digest, log, WindowCounter.Count(log, isCut: false, own, new WindowCounts()), own);
        }
    }

    private static byte[] Log(Sent[] sent, int digest, WindowRecord own)
    {
        var records = sent.Select((one, i) => (one, i)).Where(pair => pair.one.Digest == digest)
            .Select(pair => new WindowRecord(
                Now - pair.one.Age, (byte)Scene.Login, (byte)pair.one.Outcome, IsLate: false, pair.one.Account, pair.one.Device, 1_000 + (ulong)pair.i))
            .Append(own)
            .ToList();
        var log = new byte[records.Count * WindowRecord.Length];
        for (var i = 0; i < records.Count; i++)
        {
            records[i].Write(log.AsSpan(i * WindowRecord.Length));
        }

        return log;
    }

    private static WindowRecord Own(ulong device) =>
        new(Now, (byte)Scene.Login, Outcome: 0, IsLate: false, OwnAccount, device, EventHash: 7);

    private sealed record Sent(int Digest, ulong Account, ulong Device, long Age = 0, Outcome Outcome = Outcome.Unspecified);
}
