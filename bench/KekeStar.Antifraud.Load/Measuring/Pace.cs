using System.Diagnostics;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>Says when the next call of one connection is due.</summary>
internal sealed class Pace
{
    private readonly long _start;
    private readonly double _interval;
    private long _taken;

    /// <summary>Makes the pace of one of several connections; their calls are spread evenly.</summary>
    /// <param name="start">When load begins, in <see cref="Stopwatch"/> ticks.</param>
    /// <param name="rate">Calls per second of all connections; 0: always due.</param>
    /// <param name="index">Which connection, from 0.</param>
    /// <param name="connections">How many connections.</param>
    public Pace(long start, double rate, int index, int connections)
    {
        IsOpen = rate > 0;
        double gap = IsOpen ? Stopwatch.Frequency / rate : 0;
        _interval = gap * connections;
        _start = start + (long)(gap * index);
    }

    /// <summary>Gets whether calls are due by the clock.</summary>
    public bool IsOpen { get; }

    /// <summary>Gets when the next call is due; meaningless in a closed loop.</summary>
    public long NextDue => _start + (long)(_taken * _interval);

    /// <summary>Takes a call if one is due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="dueAt">Since when it was due: from here its latency counts.</param>
    public bool TryTake(long now, out long dueAt)
    {
        dueAt = IsOpen ? NextDue : now;
        if (dueAt > now)
        {
            return false;
        }

        _taken++;
        return true;
    }

    /// <summary>Gives how many calls are due and not taken.</summary>
    public long Behind(long now) => IsOpen && now >= NextDue ? 1 + (long)((now - NextDue) / _interval) : 0;
}
