using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows.Journals;

namespace KekeStar.Antifraud.Scoring.Lists;

/// <summary>The lists as the hot path sees them: in memory, fed by <see cref="ListJournal"/>.</summary>
/// <param name="time">Decides when an entry has expired.</param>
/// <param name="keys">Decides which entries anything can still find: those of the epochs that it holds.</param>
internal sealed class ListBook(TimeProvider time, KeyRing keys) : IJournalBook
{
    private volatile ConcurrentDictionary<Key, Value> _entries = new();

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <summary>The list that an entity stands on now; Unspecified: none. Allocates nothing.</summary>
    public ListKind Find(EntityKind kind, Pseudonym pseudonym) => FindEntry(kind, pseudonym)?.List ?? ListKind.Unspecified;

    /// <summary>The list that an entity stands on now, by either of its pseudonyms; Unspecified: none.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="pseudonym">Under the current epoch; none: it has none.</param>
    /// <param name="other">Under the other epoch; none: there is none.</param>
    public ListKind Find(EntityKind kind, Pseudonym pseudonym, Pseudonym other)
    {
        var found = pseudonym.IsNone ? ListKind.Unspecified : Find(kind, pseudonym);
        return found == ListKind.Unspecified && !other.IsNone ? Find(kind, other) : found;
    }

    /// <summary>The entry of an entity that holds now; null: it stands on no list.</summary>
    public ListEntry? FindEntry(EntityKind kind, Pseudonym pseudonym) =>
        _entries.TryGetValue(new Key(kind, pseudonym), out var value) && value.ExpiresMilliseconds > Now()
            ? new ListEntry(value.Epoch, kind, pseudonym, value.List, value.ExpiresMilliseconds)
            : null;

    /// <summary>The entries that hold now, for people to look at; the one that ends first comes first.</summary>
    public IReadOnlyList<ListEntry> Holding()
    {
        var now = Now();
        var set = keys.At(now);
        var holding = new List<ListEntry>();
        foreach (var (key, value) in _entries)
        {
            if (IsHolding(value, set, now))
            {
                holding.Add(new ListEntry(value.Epoch, key.Kind, key.Pseudonym, value.List, value.ExpiresMilliseconds));
            }
        }

        holding.Sort(static (left, right) => left.ExpiresMilliseconds.CompareTo(right.ExpiresMilliseconds));
        return holding;
    }

    /// <summary>Number of entries that hold now, by the key epoch of their pseudonyms.</summary>
    public int CountHolding(byte epoch)
    {
        var now = Now();
        return _entries.Count(entry => entry.Value.Epoch == epoch && entry.Value.ExpiresMilliseconds > now);
    }

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<byte> line) => Apply(_entries, ListEntry.Read(line));

    /// <inheritdoc/>
    public void ReplaceAll(ReadOnlySpan<byte> lines)
    {
        var entries = new ConcurrentDictionary<Key, Value>();
        for (; lines.Length >= ListEntry.Length; lines = lines[ListEntry.Length..])
        {
            Apply(entries, ListEntry.Read(lines));
        }

        _entries = entries;
    }

    /// <inheritdoc/>
    public int CountHolding()
    {
        var now = Now();
        var set = keys.At(now);
        var holding = 0;
        foreach (var (_, value) in _entries)
        {
            holding += IsHolding(value, set, now) ? 1 : 0;
        }

        return holding;
    }

    /// <inheritdoc/>
    public byte[] WriteHolding()
    {
        var now = Now();
        var set = keys.At(now);
        var lines = new List<byte>();
        foreach (var (key, value) in _entries)
        {
            if (IsHolding(value, set, now))
            {
                lines.AddRange(new ListEntry(value.Epoch, key.Kind, key.Pseudonym, value.List, value.ExpiresMilliseconds).ToLine());
            }
        }

        return [.. lines];
    }

    private static bool IsHolding(in Value value, KeySet set, long now) =>
        value.ExpiresMilliseconds > now && set.Find(value.Epoch) is not null;

    private static void Apply(ConcurrentDictionary<Key, Value> entries, in ListEntry entry)
    {
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
