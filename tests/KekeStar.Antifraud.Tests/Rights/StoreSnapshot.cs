using System.Collections.Concurrent;
using System.Globalization;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>
/// What a store holds, key by key. Before two are compared, what differs by chance or rightly is taken out: copies of a
/// record, as trimming does; records as old as the longest window, which another account's later events may have kept
/// from expiring with their log; context entries past their time; and of a day's entries with the same entities all but
/// the first, because every instance, and a process that forgot that it wrote one, writes another.
/// </summary>
internal sealed class StoreSnapshot
{
    private const long DayMilliseconds = 86_400_000;

    private readonly SortedDictionary<string, string> _same = new(StringComparer.Ordinal);

    private StoreSnapshot()
    {
    }

    /// <summary>Keys that exist and the bytes that they hold.</summary>
    public Dictionary<string, byte[]> Raw { get; } = new(StringComparer.Ordinal);

    public static async Task<StoreSnapshot> TakeAsync(TracedStore store, DateTimeOffset now)
    {
        await store.SettleAsync();
        await store.ExpireAsync();
        var snapshot = new StoreSnapshot();
        var contents = new ConcurrentDictionary<byte[], byte[]>();
        await Parallel.ForEachAsync(store.Keys, async (key, _) => contents[key] = await store.ContentAsync(key));
        foreach (var (key, content) in contents)
        {
            if (content.Length == 0)
            {
                continue;
            }

            var name = Convert.ToHexString(key);
            snapshot.Raw[name] = content;
            var same = key[0] switch
            {
                WindowKey.Prefix => Records(content, now.ToUnixTimeMilliseconds()),
                EntityContexts.KeyPrefix => Entries(content, now.ToUnixTimeMilliseconds()),
                _ => Convert.ToHexString(content),
            };
            if (same.Length > 0)
            {
                snapshot._same[string.Create(CultureInfo.InvariantCulture, $"{(char)key[0]} {(key.Length > 2 ? (EntityKind)key[2] : EntityKind.None)} {name}")] = same;
            }
        }

        return snapshot;
    }

    /// <summary>The same without the keys of one first byte, which are another test's matter.</summary>
    public StoreSnapshot Without(byte prefix)
    {
        var rest = new StoreSnapshot();
        foreach (var (key, content) in _same.Where(log => log.Key[0] != prefix))
        {
            rest._same[key] = content;
        }

        return rest;
    }

    /// <summary>Fails where two stores differ, and shows how.</summary>
    public void AssertSame(StoreSnapshot expected)
    {
        var differences = _same.Keys.Union(expected._same.Keys, StringComparer.Ordinal)
            .Where(key => !string.Equals(_same.GetValueOrDefault(key), expected._same.GetValueOrDefault(key), StringComparison.Ordinal))
            .Select(key => $"{key}{Environment.NewLine}  is {_same.GetValueOrDefault(key, "absent")}{Environment.NewLine}  not {expected._same.GetValueOrDefault(key, "absent")}")
            .ToList();
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    /// <summary>Number of records of an event or an outcome of it, in all logs.</summary>
    public int CountRecords(Pseudonym ofEvent) => Raw.Where(static log => log.Key.StartsWith("77", StringComparison.Ordinal))
        .Sum(log => log.Value.Chunk(WindowRecord.Length).Count(record => WindowRecord.Read(record).EventHash == ofEvent.High));

    /// <summary>Fails where a pseudonym, or its first 64 bits, occurs in a key or in what one holds.</summary>
    public void AssertNothingOf(IReadOnlyCollection<Pseudonym> pseudonyms)
    {
        var traces = pseudonyms.SelectMany(TracesOf).ToHashSet();
        foreach (var (key, content) in Raw)
        {
            Assert.False(Contains(Convert.FromHexString(key), traces), $"The key {key} is left.");
            Assert.False(Contains(content, traces), $"The log {key} mentions it: {Convert.ToHexString(content)}");
        }
    }

    // As it stands in records, little endian, and in keys and contexts, big endian.
    private static IEnumerable<ulong> TracesOf(Pseudonym pseudonym) =>
        [pseudonym.High, System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(pseudonym.High)];

    private static bool Contains(ReadOnlySpan<byte> bytes, HashSet<ulong> traces)
    {
        for (var offset = 0; offset + sizeof(ulong) <= bytes.Length; offset++)
        {
            if (traces.Contains(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[offset..])))
            {
                return true;
            }
        }

        return false;
    }

    private static string Records(byte[] log, long now)
    {
        Assert.Equal(0, log.Length % WindowRecord.Length);
        return string.Join(' ', LogTail.Keep(log, now).Chunk(WindowRecord.Length)
            .Where(record => now - WindowRecord.Read(record).TimeMilliseconds < (long)WindowLimits.Retention.TotalMilliseconds)
            .Select(Convert.ToHexString));
    }

    private static string Entries(byte[] log, long now)
    {
        var entries = new List<string>();
        var rest = EntityContexts.Keep(log, now);
        while (EntityContext.TryReadLast(ref rest, out var entities, out var time, out var set))
        {
            entries.Add(string.Create(CultureInfo.InvariantCulture, $"{time / DayMilliseconds}:{set:x8}:{Convert.ToHexString(entities)}"));
        }

        Assert.True(rest.IsEmpty);
        entries.Reverse();
        return string.Join(' ', entries.Distinct(StringComparer.Ordinal));
    }
}
