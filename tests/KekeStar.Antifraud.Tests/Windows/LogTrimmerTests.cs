using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Tests.Scoring.Lists;
using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Windows;

public sealed class LogTrimmerTests
{
    private static readonly byte[] Key = [WindowKey.Prefix, .. new byte[WindowKey.Length - 1]];

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public async Task A_replacement_that_failed_is_tried_again_up_to_eight_times(int failures, bool isTrimmed)
    {
        await using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        await using var store = new InMemoryWindowStore();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var log = Enumerable.Range(1, WindowLimits.TrimRecords + 1)
            .SelectMany(number => Bytes(new WindowRecord(now, 1, 0, IsLate: false, 2, 3, (ulong)number))).ToArray();
        await store.AppendAsync(Key, log, WindowLimits.Retention, TimeSpan.FromSeconds(1));
        using var trimmer = new LogTrimmer(
            new StumblingStore(store, failures), TimeProvider.System, new TrimMetrics(meters.GetRequiredService<IMeterFactory>()));

        Assert.Equal(isTrimmed, await trimmer.TrimAsync(Key));

        Assert.Equal(isTrimmed ? LogTail.Keep(log, now) : log, store[Key]);
    }

    private static byte[] Bytes(WindowRecord record)
    {
        var bytes = new byte[WindowRecord.Length];
        record.Write(bytes);
        return bytes;
    }

    /// <summary>A store whose first replacements time out.</summary>
    private sealed class StumblingStore(IWindowStore inner, int failures) : IWindowStore
    {
        private int _left = failures;

        public ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan timeout) => inner.ObserveAsync(observation, timeout);

        public ValueTask<StoreStatus> AppendAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, TimeSpan timeout) =>
            inner.AppendAsync(key, value, timeToLive, timeout);

        public ValueTask<StoreRead> ReadAsync(ReadOnlyMemory<byte> key, long start, TimeSpan timeout) => inner.ReadAsync(key, start, timeout);

        public ValueTask<StoreReplace> ReplaceAsync(
            ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> replacement, TimeSpan timeToLive, TimeSpan timeout) =>
            _left-- > 0
                ? new ValueTask<StoreReplace>(new StoreReplace(StoreStatus.Timeout, Replaced: false))
                : inner.ReplaceAsync(key, expected, replacement, timeToLive, timeout);

        public ValueTask<StoreStatus> PingAsync(TimeSpan timeout) => inner.PingAsync(timeout);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
