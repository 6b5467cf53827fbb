using CsCheck;
using KekeStar.Antifraud.Intake.References.Addresses;

namespace KekeStar.Antifraud.Tests.Intake.References.Addresses;

public class RangeMapTests
{
    /// <summary>Ranges over a few numbers at each end of the keys: borders, gaps, overlaps and the last number of all.</summary>
    private static readonly Gen<(uint First, uint Last, int Value)[]> Ranges =
        Gen.Select(Key, Gen.UInt[0, 6], Gen.Int[0, 3])
            .Select(static range => (range.Item1, range.Item1 > uint.MaxValue - range.Item2 ? uint.MaxValue : range.Item1 + range.Item2, range.Item3))
            .Array[0, 12]
            .Select(static ranges => ranges.OrderBy(static range => range.Item1).ToArray());

    private static Gen<uint> Key => Gen.OneOf(Gen.UInt[0, 20], Gen.UInt[uint.MaxValue - 20, uint.MaxValue]);

    private static IEnumerable<uint> AllKeys => Enumerable.Range(0, 30).SelectMany(static i => new[] { (uint)i, uint.MaxValue - (uint)i });

    [Fact]
    public void A_number_has_the_value_of_the_first_range_over_it() => Ranges.Sample(static ranges =>
    {
        var map = Build(ranges);
        foreach (var key in AllKeys)
        {
            Assert.Equal(Oracle(ranges, key), map.Find(key));
        }
    });

    [Fact]
    public void Neighbours_differ_and_starts_ascend_from_zero() => Ranges.Sample(static ranges =>
    {
        var map = Build(ranges);
        Assert.Equal(0u, map.Starts[0]);
        for (var i = 1; i < map.Count; i++)
        {
            Assert.True(map.Starts[i - 1] < map.Starts[i]);
            Assert.NotEqual(map.Values[i - 1], map.Values[i]);
        }
    });

    [Fact]
    public void A_join_has_for_each_number_the_values_of_both() => Gen.Select(Ranges, Ranges).Sample(static (left, right) =>
    {
        var map = Build(left).Join(Build(right), static (a, b) => (a * 10) + b);
        foreach (var key in AllKeys)
        {
            Assert.Equal((Oracle(left, key) * 10) + Oracle(right, key), map.Find(key));
        }
    });

    [Fact]
    public void A_range_below_the_one_before_and_a_range_that_ends_before_it_begins_are_refused()
    {
        var builder = new RangeMapBuilder<uint, int>();
        Assert.False(builder.TryAdd(6, 5, 1));
        Assert.True(builder.TryAdd(6, 9, 1));
        Assert.False(builder.TryAdd(5, 20, 2));
        Assert.True(builder.TryAdd(8, 12, 2));
        var map = builder.Build();
        Assert.Equal([0, 1, 1, 2, 2, 0], new uint[] { 5, 6, 9, 10, 12, 13 }.Select(map.Find));
    }

    private static RangeMap<uint, int> Build((uint First, uint Last, int Value)[] ranges)
    {
        var builder = new RangeMapBuilder<uint, int>();
        foreach (var (first, last, value) in ranges)
        {
            Assert.True(builder.TryAdd(first, last, value));
        }

        return builder.Build();
    }

    private static int Oracle((uint First, uint Last, int Value)[] ranges, uint key) =>
        Array.Find(ranges, range => range.First <= key && key <= range.Last).Value;
}
