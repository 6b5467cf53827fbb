using System.Runtime.InteropServices;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>
/// A store in a dictionary that can be asked "what if": then an observation is answered as if its records had been
/// appended, and nothing changes. For one thread.
/// </summary>
internal sealed class WhatIfStore : IWindowStore
{
    private readonly Dictionary<string, List<byte>> _logs = new(StringComparer.Ordinal);

    /// <summary>True: nothing that is written stays.</summary>
    public bool IsWhatIf { get; set; }

    public void Clear() => _logs.Clear();

    public ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan timeout)
    {
        for (var i = 0; i < observation.Count; i++)
        {
            var log = Log(observation.Key(i));
            var record = observation.Value(i).Span;
            log.AddRange(record);
            var start = Position(observation.RangeStart(i), log.Count);
            var length = Math.Max(0, Math.Min(Position(observation.RangeEnd(i), log.Count) + 1, log.Count) - start);
            observation.SetAnswer(i, record.IsEmpty ? 0 : log.Count, CollectionsMarshal.AsSpan(log).Slice(start, length));
            if (IsWhatIf)
            {
                log.RemoveRange(log.Count - record.Length, record.Length);
            }
        }

        return ValueTask.FromResult(StoreStatus.Ok);
    }

    public ValueTask<StoreStatus> AppendAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, TimeSpan timeout)
    {
        if (!IsWhatIf)
        {
            Log(key).AddRange(value.Span);
        }

        return ValueTask.FromResult(StoreStatus.Ok);
    }

    public ValueTask<StoreRead> ReadAsync(ReadOnlyMemory<byte> key, long start, TimeSpan timeout)
    {
        var log = Log(key).ToArray();
        return ValueTask.FromResult(new StoreRead(StoreStatus.Ok, log.AsMemory((int)Math.Min(start, log.Length))));
    }

    public ValueTask<StoreReplace> ReplaceAsync(
        ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> replacement, TimeSpan timeToLive, TimeSpan timeout)
    {
        var log = Log(key);
        var replaces = !IsWhatIf && expected.Span.SequenceEqual(CollectionsMarshal.AsSpan(log));
        if (replaces)
        {
            log.Clear();
            log.AddRange(replacement.Span);
        }

        return ValueTask.FromResult(new StoreReplace(StoreStatus.Ok, replaces));
    }

    public ValueTask<StoreStatus> PingAsync(TimeSpan timeout) => ValueTask.FromResult(StoreStatus.Ok);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // As GETRANGE counts: a negative position from the end, and none before the first byte.
    private static int Position(int position, int length) => Math.Clamp(position < 0 ? length + position : position, 0, length);

    private List<byte> Log(ReadOnlyMemory<byte> key)
    {
        ref var log = ref CollectionsMarshal.GetValueRefOrAddDefault(_logs, Convert.ToHexString(key.Span), out _);
        return log ??= [];
    }
}
