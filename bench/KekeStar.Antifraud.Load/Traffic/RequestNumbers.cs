namespace KekeStar.Antifraud.Load.Traffic;

/// <summary>
/// Numbers of the requests: the connection in the upper bits, so that the connections' requests stay apart, and a
/// count below. Kept over several measurements of one server, none of which may send an event id again.
/// </summary>
/// <param name="connections">How many connections.</param>
internal sealed class RequestNumbers(int connections)
{
    private const int ConnectionShift = 40;

    private readonly ulong[] _next = [.. Enumerable.Range(0, connections).Select(static index => (ulong)index << ConnectionShift)];

    /// <summary>Gives a connection's next number.</summary>
    public ulong Next(int connection) => _next[connection];

    /// <summary>Notes that a connection used all numbers below this one.</summary>
    public void Advance(int connection, ulong next) => _next[connection] = next;

    /// <summary>Gives the number of a request.</summary>
    public static ulong Of(int connection, long count) => ((ulong)connection << ConnectionShift) | (ulong)count;

    /// <summary>Gives the connection of a number.</summary>
    public static int ConnectionOf(ulong number) => (int)(number >> ConnectionShift);

    /// <summary>Gives how many numbers of its connection stand before it.</summary>
    public static long CountOf(ulong number) => (long)(number & ((1UL << ConnectionShift) - 1));
}
