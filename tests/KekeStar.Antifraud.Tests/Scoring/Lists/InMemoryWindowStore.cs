using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Scoring.Lists;

/// <summary>The store's contract in a dictionary; every call is atomic, as every command of the real stores is.</summary>
internal sealed class InMemoryWindowStore : IWindowStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, byte[]> _logs = new(StringComparer.Ordinal);

    public StoreStatus Status { get; set; } = StoreStatus.Ok;

    public TimeSpan LastTimeToLive { get; private set; }

    public byte[] this[byte[] key]
    {
        get
        {
            lock (_lock)
            {
                return _logs.GetValueOrDefault(Convert.ToHexString(key)) ?? [];
            }
        }
    }

    public void Drop(byte[] key)
    {
        lock (_lock)
        {
            _logs.Remove(Convert.ToHexString(key));
        }
    }

    public ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan timeout)
    {
        lock (_lock)
        {
            for (var i = 0; i < observation.Count && Status == StoreStatus.Ok; i++)
            {
                var log = _logs.GetValueOrDefault(Convert.ToHexString(observation.Key(i).Span)) ?? [];
                var end = observation.RangeEnd(i) < 0 ? log.Length + observation.RangeEnd(i) : observation.RangeEnd(i);
                var start = Math.Min(observation.RangeStart(i), log.Length);
                observation.SetAnswer(i, 0, log.AsSpan(start, Math.Max(0, Math.Min(end + 1, log.Length) - start)));
            }

            return ValueTask.FromResult(Status);
        }
    }

    public ValueTask<StoreStatus> AppendAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, TimeSpan timeout)
    {
        lock (_lock)
        {
            if (Status == StoreStatus.Ok)
            {
                var name = Convert.ToHexString(key.Span);
                _logs[name] = [.. _logs.GetValueOrDefault(name) ?? [], .. value.Span];
                LastTimeToLive = timeToLive;
            }

            return ValueTask.FromResult(Status);
        }
    }

    public ValueTask<StoreRead> ReadAsync(ReadOnlyMemory<byte> key, long start, TimeSpan timeout)
    {
        lock (_lock)
        {
            var log = _logs.GetValueOrDefault(Convert.ToHexString(key.Span)) ?? [];
            return ValueTask.FromResult(Status == StoreStatus.Ok
                ? new StoreRead(Status, log.AsMemory((int)Math.Min(start, log.Length)))
                : new StoreRead(Status, default));
        }
    }

    public ValueTask<StoreReplace> ReplaceAsync(
        ReadOnlyMemory<byte> key,
        ReadOnlyMemory<byte> expected,
        ReadOnlyMemory<byte> replacement,
        TimeSpan timeToLive,
        TimeSpan timeout)
    {
        lock (_lock)
        {
            var name = Convert.ToHexString(key.Span);
            var replaces = Status == StoreStatus.Ok && expected.Span.SequenceEqual(_logs.GetValueOrDefault(name) ?? []);
            if (replaces)
            {
                _logs[name] = replacement.ToArray();
            }

            return ValueTask.FromResult(new StoreReplace(Status, replaces));
        }
    }

    public ValueTask<StoreStatus> PingAsync(TimeSpan timeout) => ValueTask.FromResult(Status);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
