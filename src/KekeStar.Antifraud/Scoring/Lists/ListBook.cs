using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring.Lists;

/// <summary>The lists as the hot path sees them: in memory, fed by <see cref="ListJournal"/>.</summary>
/// <param name="time">Decides when an entry has expired.</param>
internal sealed class ListBook(TimeProvider time)
{
    private volatile ConcurrentDictionary<Key, Value> _entries = new();

    /// <summary>Number of entries in memory, expired ones included until the journal is next rewritten.</summary>
    public int Count => _entries.Count;

    /// <summary>The list that an entity stands on now; Unspecified: none. Allocates nothing.</summary>
    public ListKind Find(EntityKind kind, Pseudonym pseudonym) =>
        _entries.TryGetValue(new Key(kind, pseudonym), out var value) && value.ExpiresMilliseconds > Now()
            ? value.List
            : ListKind.Unspecified;

    /// <summary>The list that an entity stands on now, by either of its pseudonyms; Unspecified: none.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="pseudonym">Under the current epoch; none: it has none.</param>
    /// <param name="other">Under the other epoch; none: there is none.</param>
    public ListKind Find(EntityKind kind, Pseudonym pseudonym, Pseudonym other)
    {
        var found = pseudonym.IsNone ? ListKind.Unspecified : Find(kind, pseudonym);
        return found == ListKind.Unspecified && !other.IsNone ? Find(kind, other) : found;
    }

    /// <summary>Carries out one line of the journal.</summary>
    internal void Apply(in ListEntry entry) => Apply(_entries, entry);

    /// <summary>Forgets everything and carries out a whole journal; readers see either state, nothing between.</summary>
    internal void ReplaceAll(ReadOnlySpan<byte> lines)
    {
        var entries = new ConcurrentDictionary<Key, Value>();
        for (; lines.Length >= ListEntry.Length; lines = lines[ListEntry.Length..])
        {
            Apply(entries, ListEntry.Read(lines));
        }

        _entries = entries;
    }

    /// <summary>Number of entries that hold now.</summary>
    internal int CountHolding()
    {
        var now = Now();
        var holding = 0;
        foreach (var (_, value) in _entries)
        {
            holding += value.ExpiresMilliseconds > now ? 1 : 0;
        }

        return holding;
    }

    /// <summary>The entries that hold now, as lines of a journal.</summary>
    internal List<ListEntry> Holding()
    {
        var now = Now();
        var holding = new List<ListEntry>();
        foreach (var (key, value) in _entries)
        {
            if (value.ExpiresMilliseconds > now)
            {
                holding.Add(new ListEntry(value.Epoch, key.Kind, key.Pseudonym, value.List, value.ExpiresMilliseconds));
            }
        }

        return holding;
    }

    // A line whose kind is None is a journal's generation mark.
    private static void Apply(ConcurrentDictionary<Key, Value> entries, in ListEntry entry)
    {
        if (entry.Kind == EntityKind.None)
        {
            return;
        }

        var key = new Key(entry.Kind, entry.Pseudonym);
        if (entry.List == ListKind.Unspecified)
        {
            entries.TryRemove(key, out _);
        }
        else
        {
            entries[key] = new Value(entry.List, entry.Epoch, entry.ExpiresMilliseconds);
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Key(EntityKind Kind, Pseudonym Pseudonym);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Value(ListKind List, byte Epoch, long ExpiresMilliseconds);
}
