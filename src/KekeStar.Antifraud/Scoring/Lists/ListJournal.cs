using System.Security.Cryptography;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Scoring.Lists;

/// <summary>
/// Keeps a <see cref="ListBook"/> equal to a journal in the store that all instances append to and read on from
/// where they stopped.
/// </summary>
/// <remarks>
/// The journal is a sequence of <see cref="ListEntry"/> lines; the later line of an entity wins. Its first line is
/// a random mark, renewed whenever the journal is rewritten: an instance that finds another first line than before
/// reads the journal anew, because its offset means nothing in it.
/// </remarks>
/// <param name="store">Where the journal lies.</param>
/// <param name="book">What is kept equal.</param>
/// <param name="time">Decides when the journal is read and when an entry has expired.</param>
/// <param name="logger">Takes what happens to the journal; never an entry.</param>
internal sealed partial class ListJournal(IWindowStore store, ListBook book, TimeProvider time, ILogger<ListJournal> logger) : IDisposable
{
    /// <summary>The journal's key: 'l' and the version of its format.</summary>
    internal static readonly byte[] JournalKey = "l1"u8.ToArray();

    private readonly SemaphoreSlim _turn = new(1);
    private readonly byte[] _mark = new byte[ListEntry.Length];
    private Observation _observation = new();
    private int _offset;
    private bool _stale;

    /// <summary>Reads the journal on until cancelled, once per <see cref="ListLimits.RefreshInterval"/>.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(ListLimits.RefreshInterval, time);
        do
        {
            await RefreshAsync(cancellation);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>Reads what is new in the journal, and rewrites it when more than half of it is dead.</summary>
    /// <returns>Ok, or why the lists in memory may be behind.</returns>
    public async Task<StoreStatus> RefreshAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var status = await ReadOnAsync();
            if (status == StoreStatus.Ok)
            {
                await CompactAsync();
            }

            NoteFreshness(status);
            return status;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Puts an entity on a list, in place of what was there.</summary>
    /// <param name="entry">The entry; expires within <see cref="ListLimits.MaxLifetime"/>.</param>
    /// <param name="cancellation">Ends the waiting for a turn.</param>
    public async Task<ListChange> PutAsync(ListEntry entry, CancellationToken cancellation)
    {
        if (entry.Kind == EntityKind.None || entry.List == ListKind.Unspecified)
        {
            throw new ArgumentException("An entry names a kind and a list.", nameof(entry));
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            if (book.Count >= ListLimits.MaxEntries && book.CountHolding() >= ListLimits.MaxEntries)
            {
                return ListChange.Full;
            }

            return await AppendAsync(entry);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes an entity off the lists.</summary>
    /// <param name="epoch">Number of the key epoch that made the pseudonym.</param>
    /// <param name="kind">What the pseudonym stands for.</param>
    /// <param name="pseudonym">The entity.</param>
    /// <param name="cancellation">Ends the waiting for a turn.</param>
    public async Task<ListChange> RemoveAsync(byte epoch, EntityKind kind, Pseudonym pseudonym, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            // Another instance may have put the entity there a moment ago.
            if (await ReadOnAsync() != StoreStatus.Ok)
            {
                return ListChange.StoreFailed;
            }

            return book.Find(kind, pseudonym) == ListKind.Unspecified
                ? ListChange.NotFound
                : await AppendAsync(new ListEntry(epoch, kind, pseudonym, ListKind.Unspecified, 0));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    // The offset stays: the next read brings this line too, after those that other instances wrote before it.
    private async Task<ListChange> AppendAsync(ListEntry entry)
    {
        var isFirst = _offset == 0;
        var lines = new byte[isFirst ? 2 * ListEntry.Length : ListEntry.Length];
        if (isFirst)
        {
            WriteMark(lines);
        }

        entry.Write(lines.AsSpan(lines.Length - ListEntry.Length));
        if (await store.AppendAsync(JournalKey, lines, ListLimits.MaxLifetime, ListLimits.StoreTimeout) != StoreStatus.Ok)
        {
            return ListChange.StoreFailed;
        }

        book.Apply(entry);
        return ListChange.Done;
    }

    private async Task<StoreStatus> ReadOnAsync()
    {
        var observation = _observation;
        observation.Clear();

        // The first line is read after the rest: if it is still the known one, the rest came from the known journal.
        var rest = observation.AddRead(JournalKey, _offset, -1);
        var first = observation.AddRead(JournalKey, 0, ListEntry.Length - 1);
        var status = await store.ObserveAsync(observation, ListLimits.StoreTimeout);
        if (status != StoreStatus.Ok)
        {
            // The store may still hold the observation.
            _observation = new Observation();
            return status;
        }

        if (_offset == 0 || !observation.Tail(first).SequenceEqual(_mark))
        {
            return observation.Tail(first).IsEmpty && _offset == 0 ? StoreStatus.Ok : await ReadAnewAsync();
        }

        var lines = observation.Tail(rest);
        for (; lines.Length >= ListEntry.Length; lines = lines[ListEntry.Length..])
        {
            book.Apply(ListEntry.Read(lines));
            _offset += ListEntry.Length;
        }

        return StoreStatus.Ok;
    }

    private async Task<StoreStatus> ReadAnewAsync()
    {
        var read = await store.ReadAsync(JournalKey, 0, ListLimits.StoreTimeout);
        if (read.Status == StoreStatus.Ok)
        {
            TakeOver(read.Value.Span);
            LogReread(logger, book.Count);
        }

        return read.Status;
    }

    private async Task CompactAsync()
    {
        var lines = _offset / ListEntry.Length;
        if (lines <= ListLimits.CompactionMinimum || book.CountHolding() + 1 > lines / 2)
        {
            return;
        }

        var read = await store.ReadAsync(JournalKey, 0, ListLimits.StoreTimeout);
        if (read.Status != StoreStatus.Ok)
        {
            return;
        }

        TakeOver(read.Value.Span);
        var holding = book.Holding();
        var replacement = new byte[(holding.Count + 1) * ListEntry.Length];
        WriteMark(replacement);
        for (var i = 0; i < holding.Count; i++)
        {
            holding[i].Write(replacement.AsSpan((i + 1) * ListEntry.Length));
        }

        // Where another instance was faster, or a line came in between, the next refresh sees what there is to do.
        var replace = await store.ReplaceAsync(JournalKey, read.Value, replacement, ListLimits.MaxLifetime, ListLimits.StoreTimeout);
        if (replace is { Status: StoreStatus.Ok, Replaced: true })
        {
            TakeOver(replacement);
            LogCompacted(logger, lines, holding.Count + 1);
        }
    }

    private void TakeOver(ReadOnlySpan<byte> journal)
    {
        book.ReplaceAll(journal);
        _offset = journal.Length / ListEntry.Length * ListEntry.Length;
        if (_offset > 0)
        {
            journal[..ListEntry.Length].CopyTo(_mark);
        }
    }

    private static void WriteMark(Span<byte> line)
    {
        line[..ListEntry.Length].Clear();
        RandomNumberGenerator.Fill(line[(ListEntry.Length - Pseudonym.Length)..ListEntry.Length]);
    }

    private void NoteFreshness(StoreStatus status)
    {
        if (status == StoreStatus.Ok && _stale)
        {
            LogFresh(logger);
        }
        else if (status != StoreStatus.Ok && !_stale)
        {
            LogStale(logger, status, book.Count);
        }

        _stale = status != StoreStatus.Ok;
    }
}
