using System.Buffers;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Where the window logs live. Two implementations: <c>Embedded.GarnetWindowStore</c> (in this process) and
/// <c>Redis.RedisWindowStore</c> (Redis 6.2 and later, Valkey, Garnet, or a Cluster of them). One conformance
/// suite runs over both. Expected failures come back as a <see cref="StoreStatus"/>; nothing here throws for a store
/// that is away.
/// </summary>
public interface IWindowStore : IAsyncDisposable
{
    /// <summary>
    /// Carries out all entries in one pipelined round trip: APPEND, EXPIRE and GETRANGE for an entry with a record,
    /// GETRANGE alone for another. When the call returns <see cref="StoreStatus.Ok"/> the appends are acknowledged.
    /// </summary>
    /// <param name="observation">The entries; receives the answers.</param>
    /// <param name="timeout">How long to wait at most; the embedded store answers at once and ignores it.</param>
    /// <returns>Ok; Partial if only some entries were answered; else why none was.</returns>
    ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan timeout);

    /// <summary>Appends bytes of any length to a log and renews its expiry.</summary>
    /// <param name="key">Key of the log.</param>
    /// <param name="value">What to append.</param>
    /// <param name="timeToLive">Expiry to set, whole seconds.</param>
    /// <param name="timeout">How long to wait at most.</param>
    ValueTask<StoreStatus> AppendAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, TimeSpan timeout);

    /// <summary>Reads a log from a byte to its end.</summary>
    /// <param name="key">Key of the log.</param>
    /// <param name="start">First byte, 0 or more.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <returns>The bytes; empty where the log does not exist or is shorter.</returns>
    ValueTask<StoreRead> ReadAsync(ReadOnlyMemory<byte> key, long start, TimeSpan timeout);

    /// <summary>Replaces a log if it still holds exactly what is expected (compare and set), keeping it whole otherwise.</summary>
    /// <param name="key">Key of the log.</param>
    /// <param name="expected">What the log must hold.</param>
    /// <param name="replacement">What it shall hold; empty: remove the key.</param>
    /// <param name="timeToLive">Expiry to set, whole seconds.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <returns>Ok with true if the log was replaced, Ok with false if it had changed.</returns>
    ValueTask<StoreReplace> ReplaceAsync(
        ReadOnlyMemory<byte> key,
        ReadOnlyMemory<byte> expected,
        ReadOnlyMemory<byte> replacement,
        TimeSpan timeToLive,
        TimeSpan timeout);

    /// <summary>Cuts a log back to what <see cref="LogTail"/> keeps of it and renews its expiry; loses no append made meanwhile.</summary>
    /// <param name="key">Key of the log.</param>
    /// <param name="nowMilliseconds">The service's clock, Unix milliseconds.</param>
    /// <param name="timeout">How long to wait at most for each answer.</param>
    /// <returns>
    /// Ok with true if the log was cut, Ok with false if there was nothing to cut; Partial if no try of several cut it, because appends got
    /// in between or the store failed.
    /// </returns>
    /// <remarks>A store that cannot do it by itself reads, and replaces what has not changed since.</remarks>
    async ValueTask<StoreReplace> TrimAsync(ReadOnlyMemory<byte> key, long nowMilliseconds, TimeSpan timeout)
    {
        const int Attempts = 8;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var read = await ReadAsync(key, 0, timeout);
            if (read.Status != StoreStatus.Ok)
            {
                return new StoreReplace(read.Status, Replaced: false);
            }

            var room = ArrayPool<byte>.Shared.Rent(LogTail.RoomFor(read.Value.Length));
            try
            {
                var kept = LogTail.Keep(read.Value.Span, nowMilliseconds, room);
                if (read.Value.Span.SequenceEqual(kept))
                {
                    return new StoreReplace(StoreStatus.Ok, Replaced: false);
                }

                kept.CopyTo(room);
                var replace = await ReplaceAsync(key, read.Value, room.AsMemory(0, kept.Length), WindowLimits.Retention, timeout);
                if (replace.Replaced)
                {
                    return replace;
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(room);
            }
        }

        return new StoreReplace(StoreStatus.Partial, Replaced: false);
    }

    /// <summary>Asks the store for a sign of life, including its readiness to take writes.</summary>
    /// <param name="timeout">How long to wait at most.</param>
    ValueTask<StoreStatus> PingAsync(TimeSpan timeout);
}

/// <summary>Result of <see cref="IWindowStore.ReadAsync"/>.</summary>
/// <param name="Status">How the call ended.</param>
/// <param name="Value">The bytes; empty unless the status is Ok.</param>
public readonly record struct StoreRead(StoreStatus Status, ReadOnlyMemory<byte> Value);

/// <summary>Result of <see cref="IWindowStore.ReplaceAsync"/>.</summary>
/// <param name="Status">How the call ended.</param>
/// <param name="Replaced">True if the log was replaced.</param>
public readonly record struct StoreReplace(StoreStatus Status, bool Replaced);
