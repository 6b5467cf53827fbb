using KekeStar.Antifraud.Windows.Redis;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

public sealed class ExpiringKeysTests
{
    private const int Week = 7 * 24 * 3_600;

    private readonly FakeTimeProvider _time = new();
    private readonly ExpiringKeys _keys;

    public ExpiringKeysTests() => _keys = new ExpiringKeys(_time);

    [Fact]
    public void Only_what_was_added_is_contained()
    {
        var added = Enumerable.Range(0, 1_000).Select(_ => NewKey()).ToList();
        added.ForEach(key => _keys.Add(key));

        // Of a thousand in a table of 1,048,576, one in two runs is pushed out by another.
        Assert.InRange(added.Count(key => _keys.Contains(key, Week)), 950, 1_000);
        Assert.DoesNotContain(Enumerable.Range(0, 100_000), _ => _keys.Contains(NewKey(), Week));
    }

    [Fact]
    public void Keys_of_any_length_are_told_apart()
    {
        for (var length = 0; length <= 32; length++)
        {
            _keys.Add(new byte[length]);
            Assert.True(_keys.Contains(new byte[length], Week));
            Assert.False(_keys.Contains(new byte[length + 1], Week));
        }
    }

    [Theory]
    [InlineData(Week, 3_599, true)]
    [InlineData(Week, 3_600, false)]
    [InlineData(60, 29, true)]
    [InlineData(60, 30, false)]
    [InlineData(1, 0, false)]
    public void A_key_is_remembered_for_half_its_life_and_an_hour_at_most(int timeToLive, int age, bool remembered)
    {
        var key = NewKey();
        _keys.Add(key);
        _time.Advance(TimeSpan.FromSeconds(age));
        Assert.Equal(remembered, _keys.Contains(key, timeToLive));
    }

    [Fact]
    public void Nothing_is_remembered_after_a_connection_was_lost()
    {
        var key = NewKey();
        _keys.Add(key);
        _keys.Clear();
        Assert.False(_keys.Contains(key, Week));

        // What is confirmed in the same second may have been before: it does not count either, later it does.
        _keys.Add(key);
        Assert.False(_keys.Contains(key, Week));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_keys.Contains(key, Week));
        _keys.Add(key);
        Assert.True(_keys.Contains(key, Week));
    }

    private static byte[] NewKey()
    {
        var key = new byte[19];
        Random.Shared.NextBytes(key);
        return key;
    }
}
