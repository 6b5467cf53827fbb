using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>
/// Stands between the service and its store and keeps what each event asks for, so that it can be asked again of one server
/// at a time.
/// </summary>
internal sealed class RecordedRounds(IWindowStore inner) : IWindowStore
{
    private readonly List<Entry> _entries = [];

    /// <summary>Gets or sets whether rounds are kept.</summary>
    public bool IsRecording { get; set; }

    /// <inheritdoc/>
    public ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan timeout)
    {
        if (IsRecording)
        {
            lock (_entries)
            {
                for (int i = 0; i < observation.Count; i++)
                {
                    _entries.Add(new Entry(
                        observation.Key(i).ToArray(), observation.Value(i).ToArray(), observation.TimeToLiveSeconds(i), observation.RangeStart(i), observation.RangeEnd(i)));
                }
            }
        }

        return inner.ObserveAsync(observation, timeout);
    }

    /// <inheritdoc/>
    public ValueTask<StoreStatus> AppendAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, TimeSpan timeout)
        => inner.AppendAsync(key, value, timeToLive, timeout);

    /// <inheritdoc/>
    public ValueTask<StoreRead> ReadAsync(ReadOnlyMemory<byte> key, long start, TimeSpan timeout) => inner.ReadAsync(key, start, timeout);

    /// <inheritdoc/>
    public ValueTask<StoreReplace> ReplaceAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> replacement, TimeSpan timeToLive, TimeSpan timeout)
        => inner.ReplaceAsync(key, expected, replacement, timeToLive, timeout);

    /// <inheritdoc/>
    public ValueTask<StoreStatus> PingAsync(TimeSpan timeout) => inner.PingAsync(timeout);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <summary>Asks a server again for what belongs to it, one entry after the other in full pipelines.</summary>
    /// <param name="pipe">The server.</param>
    /// <param name="belongs">Whether a key is the server's.</param>
    public void Replay(RespPipe pipe, Func<byte[], bool> belongs)
    {
        foreach (Entry entry in _entries)
        {
            if (!belongs(entry.Key))
            {
                continue;
            }

            if (entry.Value.Length > 0)
            {
                pipe.Begin(3);
                pipe.Bulk("APPEND"u8);
                pipe.Bulk(entry.Key);
                pipe.Bulk(entry.Value);
                pipe.Begin(3);
                pipe.Bulk("EXPIRE"u8);
                pipe.Bulk(entry.Key);
                pipe.Bulk(Digits(entry.TimeToLiveSeconds));
            }

            pipe.Begin(4);
            pipe.Bulk("GETRANGE"u8);
            pipe.Bulk(entry.Key);
            pipe.Bulk(Digits(entry.RangeStart));
            pipe.Bulk(Digits(entry.RangeEnd));
        }

        pipe.Finish();
    }

    private static byte[] Digits(int number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(byte[] Key, byte[] Value, int TimeToLiveSeconds, int RangeStart, int RangeEnd);
}
