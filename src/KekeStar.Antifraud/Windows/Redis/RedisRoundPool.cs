using System.Collections.Concurrent;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>Rounds that nobody uses.</summary>
internal sealed class RedisRoundPool(RedisServers servers)
{
    // As many as the gate lets through at once by default; past that the collector takes them.
    private const int MaxPooled = 1_024;

    private readonly ConcurrentQueue<RedisRound> _rounds = new();
    private int _pooled;

    /// <summary>Takes a round.</summary>
    public RedisRound Rent()
    {
        if (_rounds.TryDequeue(out var round))
        {
            Interlocked.Decrement(ref _pooled);
            return round;
        }

        return new RedisRound(servers);
    }

    /// <summary>Gives a round back; only once nobody holds it.</summary>
    public void Return(RedisRound round)
    {
        if (Interlocked.Increment(ref _pooled) <= MaxPooled)
        {
            _rounds.Enqueue(round);
        }
        else
        {
            Interlocked.Decrement(ref _pooled);
            round.Dispose();
        }
    }
}
