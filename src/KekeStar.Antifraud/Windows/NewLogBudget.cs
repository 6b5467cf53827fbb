namespace KekeStar.Antifraud.Windows;

/// <summary>
/// How many new window logs the events of one network (IPv4 /24, IPv6 /48) may still make in this hour. An attacker who
/// changes every identifier with every event makes new logs without end; past the budget such events are still counted
/// everywhere but in logs that do not exist yet, which takes them a second round trip.
/// </summary>
/// <remarks>
/// Fixed memory: 65,536 places of 8 bytes, the network's hash picking one; two networks that share a place share a
/// budget. Per instance, so a service of n instances allows up to n times as much.
/// </remarks>
internal sealed class NewLogBudget
{
    private const int Places = 1 << 16;
    private const long HourMilliseconds = 3_600_000;

    // Hour in the upper half, logs made in it in the lower.
    private readonly long[] _spent = new long[Places];
    private readonly TimeProvider _time;

    /// <summary>Makes a budget that nobody has used.</summary>
    public NewLogBudget(TimeProvider time) => _time = time;

    /// <summary>True while the network may make new logs.</summary>
    /// <param name="network">The network's 64 bits; 0, no network, always may: a caller cannot hide it, only the gateway can leave it out.</param>
    public bool Allows(ulong network)
    {
        var spent = Volatile.Read(ref _spent[Place(network)]);
        return network == 0 || spent >> 32 != Hour() || (int)spent < WindowLimits.MaxNewLogsPerNetworkAndHour;
    }

    /// <summary>Notes logs that were made.</summary>
    public void Spend(ulong network, int logs)
    {
        if (network == 0 || logs == 0)
        {
            return;
        }

        ref var place = ref _spent[Place(network)];
        var hour = Hour();
        long seen, next;
        do
        {
            seen = Volatile.Read(ref place);
            next = seen >> 32 == hour ? seen + logs : (hour << 32) + logs;
        }
        while (Interlocked.CompareExchange(ref place, next, seen) != seen);
    }

    private static int Place(ulong network) => (int)(network & (Places - 1));

    private long Hour() => _time.GetUtcNow().ToUnixTimeMilliseconds() / HourMilliseconds;
}
