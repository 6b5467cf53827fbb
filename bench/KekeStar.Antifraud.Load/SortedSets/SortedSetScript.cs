using System.Buffers.Binary;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Load.SortedSets;

/// <summary>
/// The Lua that one event is, for either variant, and what its answer means. Members are 8-byte hashes, so that two events of one
/// millisecond are two members and a retry is none. Distinct accounts and devices count by when they were seen last,
/// so a late event must not lower the score (GT).
/// </summary>
internal static class SortedSetScript
{
    /// <summary>Behind an entity's key: its set of accounts.</summary>
    public const byte AccountsSuffix = (byte)'a';

    /// <summary>Behind an entity's key: its set of devices.</summary>
    public const byte DevicesSuffix = (byte)'d';

    /// <summary>Windows that <see cref="SortedSetVariant.Full"/> counts in: 1 min, 5 min, 1 h, 24 h, 7 d.</summary>
    public const int FullWindows = 5;

    /// <summary>Windows that <see cref="SortedSetVariant.Lean"/> counts in: 5 min, 1 h, 24 h.</summary>
    public const int LeanWindows = 3;

    private const int SetsOfFull = 3;

    // The newest member tells the device: in the full variant it is one, in the lean one it ends with it.
    private const string Link =
        """
        local found = {}
        for i = 1, #KEYS do
          found[i] = redis.call('ZREVRANGE', KEYS[i], 0, 0)[1] or ''
        end
        return found
        """;

    // ARGV: time, expiry, event, account, device, how many of the keys are contexts; then for each context its bytes and its
    // expiry. KEYS: three for each entity (an empty one where its set would say nothing), then the contexts.
    private const string Full =
        """
        local time, expiry = tonumber(ARGV[1]), ARGV[2]
        local oldest = '(' .. string.format('%.0f', time - 604800000)
        local from = {
          '(' .. string.format('%.0f', time - 60000), '(' .. string.format('%.0f', time - 300000),
          '(' .. string.format('%.0f', time - 3600000), '(' .. string.format('%.0f', time - 86400000), oldest }
        local call, counts, n = redis.call, {}, 0
        local last = #KEYS - tonumber(ARGV[6])
        for i = 1, last do
          local key = KEYS[i]
          if key == '' then
            for window = 1, 5 do n = n + 1; counts[n] = 0 end
          else
            call('ZADD', key, 'GT', ARGV[1], ARGV[3 + (i - 1) % 3])
            call('ZREMRANGEBYSCORE', key, '-inf', string.sub(oldest, 2))
            call('EXPIRE', key, expiry)
            for window = 1, 5 do n = n + 1; counts[n] = call('ZCOUNT', key, from[window], ARGV[1]) end
          end
        end
        for i = last + 1, #KEYS do
          local at = 7 + 2 * (i - last - 1)
          call('APPEND', KEYS[i], ARGV[at])
          call('EXPIRE', KEYS[i], ARGV[at + 1])
        end
        return struct.pack('<' .. string.rep('I4', n), unpack(counts))
        """;

    // The same arguments; KEYS: one for each entity, then the contexts. A member is the event and its device.
    private const string Lean =
        """
        local time, expiry = tonumber(ARGV[1]), ARGV[2]
        local from = {
          string.format('%.0f', time - 300000), string.format('%.0f', time - 3600000), string.format('%.0f', time - 86400000) }
        local call, counts, n = redis.call, {}, 0
        local last = #KEYS - tonumber(ARGV[6])
        local member = ARGV[3] .. ARGV[5]
        for i = 1, last do
          local key = KEYS[i]
          call('ZADD', key, ARGV[1], member)
          for window = 1, 3 do n = n + 1; counts[n] = call('ZCOUNT', key, from[window], ARGV[1]) end
          call('EXPIRE', key, expiry)
        end
        for i = last + 1, #KEYS do
          local at = 7 + 2 * (i - last - 1)
          call('APPEND', KEYS[i], ARGV[at])
          call('EXPIRE', KEYS[i], ARGV[at + 1])
        end
        return struct.pack('<' .. string.rep('I4', n), unpack(counts))
        """;

    /// <summary>Gives the script that looks where an event's identifiers were seen; the same for both variants.</summary>
    public static string OfLink => Link;

    /// <summary>Gives the script that writes and counts an event.</summary>
    public static string Of(SortedSetVariant variant) => variant == SortedSetVariant.Full ? Full : Lean;

    /// <summary>Gives the keys that an entity takes.</summary>
    public static int KeysOf(SortedSetVariant variant) => variant == SortedSetVariant.Full ? SetsOfFull : 1;

    /// <summary>Decodes the answer: for each entity and set the counts of all windows, shortest first.</summary>
    /// <param name="answer">Counts of 4 bytes, little endian.</param>
    /// <param name="counts">Receives them.</param>
    /// <returns>How many there were.</returns>
    public static int Decode(ReadOnlySpan<byte> answer, Span<uint> counts)
    {
        int count = answer.Length / sizeof(uint);
        for (int i = 0; i < count; i++)
        {
            counts[i] = BinaryPrimitives.ReadUInt32LittleEndian(answer[(i * sizeof(uint))..]);
        }

        return count;
    }

    /// <summary>Gives the bytes of the counts of an event with the most entities.</summary>
    public static int MostCounts => Observation.MaxEntries * SetsOfFull * FullWindows;
}
