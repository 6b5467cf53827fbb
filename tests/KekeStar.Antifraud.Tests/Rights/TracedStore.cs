using System.Collections.Concurrent;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>
/// A real store whose every key ever written is noted, with the time at which it expires by the test's clock: the store
/// itself expires by the machine's, which does not jump over weeks. It is patient whatever its caller is: these facts are
/// not about a slow store.
/// </summary>
internal sealed class TracedStore(IWindowStore inner, TimeProvider clock) : IWindowStore
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _expiries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _written = new(StringComparer.Ordinal);
    private int _underWay;

    /// <summary>Every key ever written, in an order of its own.</summary>
    public IEnumerable<byte[]> Keys => _expiries.Keys.Order(StringComparer.Ordinal).Select(Convert.FromHexString);

    /// <summary>The keys written since the last call.</summary>
    public IReadOnlyList<byte[]> TakeWritten()
    {
        var written = _written.Keys.ToList();
        _written.Clear();
        return [.. written.Select(Convert.FromHexString)];
    }

    public async ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan timeout)
    {
        for (var i = 0; i < observation.Count; i++)
        {
            if (!observation.Value(i).IsEmpty)
            {
                Note(observation.Key(i), TimeSpan.FromSeconds(observation.TimeToLiveSeconds(i)));
            }
        }

        return await WatchAsync(inner.ObserveAsync(observation, Patience.Limit));
    }

    public async ValueTask<StoreStatus> AppendAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, TimeSpan timeout)
    {
        Note(key, timeToLive);
        return await WatchAsync(inner.AppendAsync(key, value, timeToLive, Patience.Limit));
    }

    public ValueTask<StoreRead> ReadAsync(ReadOnlyMemory<byte> key, long start, TimeSpan timeout) => WatchAsync(inner.ReadAsync(key, start, Patience.Limit));

    public async ValueTask<StoreReplace> ReplaceAsync(
        ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> replacement, TimeSpan timeToLive, TimeSpan timeout)
    {
        var replace = await WatchAsync(inner.ReplaceAsync(key, expected, replacement, timeToLive, Patience.Limit));
        if (replace.Replaced && !replacement.IsEmpty)
        {
            Note(key, timeToLive);
        }

        return replace;
    }

    public ValueTask<StoreStatus> PingAsync(TimeSpan timeout) => inner.PingAsync(Patience.Limit);

    /// <summary>The store belongs to the fixture.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Waits until what nobody waits for is written.</summary>
    public async Task SettleAsync()
    {
        for (var quiet = 0; quiet < 3;)
        {
            quiet = Volatile.Read(ref _underWay) == 0 ? quiet + 1 : 0;
            await Task.Yield();
        }
    }

    /// <summary>Removes what has expired by the test's clock.</summary>
    public async Task ExpireAsync()
    {
        var now = clock.GetUtcNow();
        await Task.WhenAll(_expiries.Where(key => key.Value <= now).Select(key => RemoveAsync(key.Key)));
    }

    /// <summary>Removes everything.</summary>
    public async Task ClearAsync()
    {
        await SettleAsync();
        await Parallel.ForEachAsync(_expiries.Keys, async (key, _) => await RemoveAsync(key));
    }

    /// <summary>What a key holds; empty: it does not exist.</summary>
    public async Task<byte[]> ContentAsync(byte[] key)
    {
        var read = await inner.ReadAsync(key, 0, Patience.Limit);
        Assert.Equal(StoreStatus.Ok, read.Status);
        return read.Value.ToArray();
    }

    private async Task RemoveAsync(string name)
    {
        var key = Convert.FromHexString(name);
        var replaced = false;
        for (var attempt = 0; attempt < 100 && !replaced; attempt++)
        {
            var content = await ContentAsync(key);
            replaced = content.Length == 0 || (await inner.ReplaceAsync(key, content, default, WindowLimits.Retention, Patience.Limit)).Replaced;
        }

        Assert.True(replaced);
        _expiries.TryRemove(name, out _);
    }

    private void Note(ReadOnlyMemory<byte> key, TimeSpan timeToLive)
    {
        var name = Convert.ToHexString(key.Span);
        _expiries[name] = clock.GetUtcNow() + timeToLive;
        _written[name] = 0;
    }

    private async ValueTask<T> WatchAsync<T>(ValueTask<T> call)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            return await call;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
