using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// One round trip to the store, reused from event to event: for each entry, optionally append a value to the log
/// under a key and renew its expiry, then read a range of that log. Entries are independent of each other.
/// </summary>
/// <remarks>
/// Not thread safe. The asker fills it, hands it to <see cref="IWindowStore.ObserveAsync"/> and reads the answers
/// once that call is over. After <see cref="StoreStatus.Timeout"/> the store may still hold it: the asker lets go of
/// it and takes a new one.
/// </remarks>
public sealed class Observation
{
    /// <summary>Most entries of one round trip: in each of two key epochs the most entities that an event can have, and a context.</summary>
    public const int MaxEntries = 2 * (EntitySlot.Count + 1);

    /// <summary>Most bytes that one round trip appends: a record for each entry, and room for two entity contexts.</summary>
    public const int MaxValueBytes = (MaxEntries * WindowRecord.Length) + (2 * EntityContext.MaxLength);

    /// <summary>Longest key in bytes.</summary>
    public const int MaxKeyLength = 32;

    private readonly byte[] _keys = new byte[MaxEntries * MaxKeyLength];
    private readonly Entry[] _entries = new Entry[MaxEntries];
    private readonly byte[] _values = new byte[MaxValueBytes];
    private byte[] _tails = new byte[16 * 1024];
    private int _tailsUsed;
    private int _valuesUsed;

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>Removes all entries and answers.</summary>
    public void Clear()
    {
        Count = 0;
        _tailsUsed = 0;
        _valuesUsed = 0;
    }

    /// <summary>Adds an entry that appends a record and reads the range.</summary>
    /// <param name="key">Key of the log, 1 to <see cref="MaxKeyLength"/> bytes.</param>
    /// <param name="record">The record.</param>
    /// <param name="timeToLive">Expiry to set, whole seconds, more than 0.</param>
    /// <param name="start">First byte of the range, as GETRANGE counts: negative from the end.</param>
    /// <param name="end">Last byte of the range, inclusive.</param>
    /// <returns>The entry's index.</returns>
    public int AddAppend(ReadOnlySpan<byte> key, in WindowRecord record, TimeSpan timeToLive, int start, int end)
    {
        Span<byte> value = stackalloc byte[WindowRecord.Length];
        record.Write(value);
        return AddAppend(key, value, timeToLive, start, end);
    }

    /// <summary>Adds an entry that appends bytes and reads the range.</summary>
    /// <param name="key">Key of the log, 1 to <see cref="MaxKeyLength"/> bytes.</param>
    /// <param name="value">The bytes, at least one; of all entries together at most <see cref="MaxValueBytes"/>.</param>
    /// <param name="timeToLive">Expiry to set, whole seconds, more than 0.</param>
    /// <param name="start">First byte of the range, as GETRANGE counts: negative from the end.</param>
    /// <param name="end">Last byte of the range, inclusive; one before <paramref name="start"/> to read nothing.</param>
    /// <returns>The entry's index.</returns>
    public int AddAppend(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, TimeSpan timeToLive, int start, int end)
    {
        if (value.IsEmpty || _valuesUsed + value.Length > MaxValueBytes)
        {
            throw new ArgumentException($"An observation appends 1 to {MaxValueBytes} bytes.", nameof(value));
        }

        var index = Add(key, start, end);
        value.CopyTo(_values.AsSpan(_valuesUsed));
        ref var entry = ref _entries[index];
        entry.ValueOffset = _valuesUsed;
        entry.ValueLength = value.Length;
        entry.TimeToLiveSeconds = (int)timeToLive.TotalSeconds;
        _valuesUsed += value.Length;
        return index;
    }

    /// <summary>Adds an entry that only reads the range.</summary>
    /// <param name="key">Key of the log, 1 to <see cref="MaxKeyLength"/> bytes.</param>
    /// <param name="start">First byte of the range, as GETRANGE counts: negative from the end.</param>
    /// <param name="end">Last byte of the range, inclusive.</param>
    /// <returns>The entry's index.</returns>
    public int AddRead(ReadOnlySpan<byte> key, int start, int end) => Add(key, start, end);

    /// <summary>Key of an entry.</summary>
    public ReadOnlyMemory<byte> Key(int index) => _keys.AsMemory(index * MaxKeyLength, _entries[index].KeyLength);

    /// <summary>Bytes to append, or empty.</summary>
    public ReadOnlyMemory<byte> Value(int index) => _values.AsMemory(_entries[index].ValueOffset, _entries[index].ValueLength);

    /// <summary>Expiry to set in seconds; only for entries with a value.</summary>
    public int TimeToLiveSeconds(int index) => _entries[index].TimeToLiveSeconds;

    /// <summary>First byte of the range to read.</summary>
    public int RangeStart(int index) => _entries[index].RangeStart;

    /// <summary>Last byte of the range to read, inclusive.</summary>
    public int RangeEnd(int index) => _entries[index].RangeEnd;

    /// <summary>True if the store answered the entry.</summary>
    public bool IsAnswered(int index) => _entries[index].Answered;

    /// <summary>The bytes that the range held; empty where the log does not exist.</summary>
    public ReadOnlySpan<byte> Tail(int index) => _tails.AsSpan(_entries[index].TailOffset, _entries[index].TailLength);

    /// <summary>Length of the log in bytes just after the append; 0 for an entry that only reads.</summary>
    public long LogLength(int index) => _entries[index].LogLength;

    /// <summary>Called by a store: gives the answer of one entry.</summary>
    /// <param name="index">The entry.</param>
    /// <param name="logLength">What APPEND returned; 0 for an entry that only reads.</param>
    /// <param name="tail">What GETRANGE returned; copied.</param>
    public void SetAnswer(int index, long logLength, ReadOnlySpan<byte> tail)
    {
        if (_tailsUsed + tail.Length > _tails.Length)
        {
            Array.Resize(ref _tails, Math.Max(_tails.Length * 2, _tailsUsed + tail.Length));
        }

        tail.CopyTo(_tails.AsSpan(_tailsUsed));
        ref var entry = ref _entries[index];
        entry.Answered = true;
        entry.LogLength = logLength;
        entry.TailOffset = _tailsUsed;
        entry.TailLength = tail.Length;
        _tailsUsed += tail.Length;
    }

    /// <summary>Called by a store: takes back the answers from an entry on.</summary>
    internal void ForgetAnswers(int from)
    {
        for (var i = from; i < Count; i++)
        {
            ref var entry = ref _entries[i];
            entry.Answered = false;
            entry.LogLength = 0;
            entry.TailLength = 0;
        }
    }

    private int Add(ReadOnlySpan<byte> key, int start, int end)
    {
        if (Count == MaxEntries)
        {
            throw new InvalidOperationException($"An observation holds at most {MaxEntries} entries.");
        }

        if (key.Length > MaxKeyLength)
        {
            throw new ArgumentException($"A key holds at most {MaxKeyLength} bytes.", nameof(key));
        }

        var index = Count++;
        key.CopyTo(_keys.AsSpan(index * MaxKeyLength));
        _entries[index] = new Entry { KeyLength = key.Length, RangeStart = start, RangeEnd = end };
        return index;
    }

    private struct Entry
    {
        public int KeyLength;
        public int RangeStart;
        public int RangeEnd;
        public int TimeToLiveSeconds;
        public int TailOffset;
        public int TailLength;
        public int ValueOffset;
        public int ValueLength;
        public long LogLength;
        public bool Answered;
    }
}
