using CsCheck;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Tests.Intake.Keys;

/// <summary>The set in use at a time, against what the document says of a rotation, read epoch by epoch.</summary>
[Collection(nameof(AllocationCollection))]
public sealed class KeyRingAtTests
{
    private static readonly KeyEpoch[] Epochs =
        [.. Enumerable.Range(1, 5).Select(number => new KeyEpoch((byte)number, [.. Enumerable.Repeat((byte)number, KeyEpoch.MasterKeyLength)]))];

    [Fact]
    public void The_set_at_any_time_in_any_order_is_the_oracles() =>
        Gen.Select(KeySchedules.AndTime, KeySchedules.AndTime, Gen.Int[1, 5]).Sample((first, second, repeats) =>
        {
            var ring = Ring(first.Begins);
            for (var i = 0; i < repeats; i++)
            {
                AssertOracle(first.Begins, first.Now, ring);
                AssertOracle(first.Begins, second.Now, ring);
            }
        }, iter: 2_000);

    [Fact]
    public void The_same_set_is_given_until_a_role_changes()
    {
        var ring = Ring([null, KeySchedules.Start]);
        var start = KeySchedules.Start.ToUnixTimeMilliseconds();
        Assert.Same(ring.At(start - 1), ring.At(start - 86_400_000));
        Assert.NotSame(ring.At(start - 1), ring.At(start));
        Assert.Same(ring.At(start), ring.At(start + 86_400_000));
        Assert.Equal(ring.At(long.MaxValue).All, [Epochs[1]]);
        Assert.Equal(ring.At(long.MinValue).All, [Epochs[0]]);
    }

    [Fact]
    public void Asking_costs_no_memory()
    {
        var ring = Ring([null, KeySchedules.Start]);
        var start = KeySchedules.Start.ToUnixTimeMilliseconds();
        ring.At(start);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            ring.At(start + i);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Threads_with_different_clocks_each_get_the_set_of_their_own_time()
    {
        var ring = Ring([null, KeySchedules.Start]);
        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            var now = KeySchedules.Start.AddHours(i % 900);
            AssertOracle([null, KeySchedules.Start], now, ring);
        });
    }

    [Fact]
    public void A_ring_of_one_set_gives_that_set_for_all_time()
    {
        var set = new KeySet(Epochs[0], Epochs[1], writesOther: true);
        var ring = new KeyRing(set);
        Assert.Same(set, ring.At(0));
        Assert.Same(set, ring.At(long.MaxValue));
        Assert.Equal([V1.KeyEpochRole.Current, V1.KeyEpochRole.Filling], ring.Status(KeySchedules.Start).Select(state => state.Role));
        Assert.Equal(set.All, ring.Epochs);
    }

    private static KeyRing Ring(DateTimeOffset?[] begins) => new(begins.Select((begin, index) => (Epochs[index], begin)));

    // Looks at the rotations one after the other, from the first.
    private static void AssertOracle(DateTimeOffset?[] begins, DateTimeOffset now, KeyRing ring)
    {
        var current = 1;
        int? other = null;
        var writes = false;
        for (var number = 2; number <= begins.Length; number++)
        {
            var passed = now - begins[number - 1]!.Value;
            if (passed >= TimeSpan.Zero && passed < TimeSpan.FromDays(17))
            {
                (current, other, writes) = (number - 1, number, true);
            }
            else if (passed >= TimeSpan.FromDays(17))
            {
                var isOver = passed >= TimeSpan.FromDays(33) + TimeSpan.FromMinutes(70);
                (current, other, writes) = (number, isOver ? null : number - 1, !isOver && passed < TimeSpan.FromDays(17) + TimeSpan.FromMinutes(10));
            }
        }

        var set = ring.At(now.ToUnixTimeMilliseconds());
        Assert.Equal((current, other, writes), (set.Current.Number, (int?)set.Other?.Number, set.WritesOther));
    }
}
