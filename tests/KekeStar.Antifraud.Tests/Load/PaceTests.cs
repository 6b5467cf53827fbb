using System.Diagnostics;
using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class PaceTests
{
    private static readonly long Second = Stopwatch.Frequency;

    [Fact]
    public void An_open_loop_takes_each_call_from_when_it_was_due()
    {
        var pace = new Pace(start: 1000, rate: 10, index: 0, connections: 1);

        Assert.True(pace.TryTake(1000 + (Second / 4), out long first));
        Assert.True(pace.TryTake(1000 + (Second / 4), out long second));
        Assert.True(pace.TryTake(1000 + (Second / 4), out long third));
        Assert.False(pace.TryTake(1000 + (Second / 4), out long fourth));
        Assert.Equal([1000, 1000 + (Second / 10), 1000 + (Second / 5), 1000 + (Second * 3 / 10)], [first, second, third, fourth]);
    }

    [Fact]
    public void Connections_share_the_rate_evenly()
    {
        Pace[] paces = [.. Enumerable.Range(0, 4).Select(static index => new Pace(0, rate: 1000, index, connections: 4))];

        Assert.Equal([0, Second / 1000, Second / 500, Second * 3 / 1000], paces.Select(static pace => pace.NextDue));
        Assert.All(paces, static pace => Assert.Equal(250, pace.Behind(Second - 1)));
    }

    [Fact]
    public void A_closed_loop_is_always_due_and_never_behind()
    {
        var pace = new Pace(start: 0, rate: 0, index: 0, connections: 4);

        Assert.True(pace.TryTake(77, out long dueAt));
        Assert.Equal(77, dueAt);
        Assert.Equal(0, pace.Behind(Second));
    }
}
