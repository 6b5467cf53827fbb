using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Journals;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Scoring.Lists;

/// <summary>
/// Keeps a <see cref="ListBook"/> equal to a journal in the store; a sequence of <see cref="ListEntry"/> lines, of which
/// the later one of an entity wins.
/// </summary>
internal sealed class ListJournal : IDisposable
{
    /// <summary>The journal's key: 'l' and the version of its format.</summary>
    internal static readonly byte[] JournalKey = "l1"u8.ToArray();

    private readonly ListBook _book;
    private readonly StoreJournal _journal;

    /// <summary>Makes the journal.</summary>
    /// <param name="store">Where the journal lies.</param>
    /// <param name="book">What is kept equal.</param>
    /// <param name="time">Decides when the journal is read and when an entry has expired.</param>
    /// <param name="logger">Takes what happens to the journal; never an entry.</param>
    public ListJournal(IWindowStore store, ListBook book, TimeProvider time, ILogger<ListJournal> logger)
    {
        _book = book;
        _journal = new StoreJournal(store, book, new JournalName(JournalKey, "lists", ListLimits.MaxLifetime), time, logger);
    }

    /// <summary>Reads the journal on until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => _journal.RunAsync(cancellation);

    /// <summary>Reads what is new in the journal, and rewrites it when more than half of it is dead.</summary>
    /// <returns>Ok, or why the lists in memory may be behind.</returns>
    public Task<StoreStatus> RefreshAsync(CancellationToken cancellation) => _journal.RefreshAsync(cancellation);

    /// <summary>Puts an entity on a list, in place of what was there.</summary>
    /// <param name="entry">The entry; expires within <see cref="ListLimits.MaxLifetime"/>.</param>
    /// <param name="cancellation">Ends the waiting for a turn.</param>
    public async Task<ListChange> PutAsync(ListEntry entry, CancellationToken cancellation)
    {
        if (entry.Kind == EntityKind.None || entry.List == ListKind.Unspecified)
        {
            throw new ArgumentException("An entry names a kind and a list.", nameof(entry));
        }

        var appended = await _journal.AppendAsync(
            entry.ToLine(),
            refresh: false,
            () => _book.Count < ListLimits.MaxEntries || _book.CountHolding() < ListLimits.MaxEntries,
            cancellation);
        return appended == JournalAppend.NotAdmitted ? ListChange.Full : ChangeOf(appended);
    }

    /// <summary>Takes an entity off the lists.</summary>
    /// <param name="epoch">Number of the key epoch that made the pseudonym.</param>
    /// <param name="kind">What the pseudonym stands for.</param>
    /// <param name="pseudonym">The entity.</param>
    /// <param name="cancellation">Ends the waiting for a turn.</param>
    public async Task<ListChange> RemoveAsync(byte epoch, EntityKind kind, Pseudonym pseudonym, CancellationToken cancellation)
    {
        // Another instance may have put the entity there a moment ago.
        var appended = await _journal.AppendAsync(
            new ListEntry(epoch, kind, pseudonym, ListKind.Unspecified, 0).ToLine(),
            refresh: true,
            () => _book.Find(kind, pseudonym) != ListKind.Unspecified,
            cancellation);
        return appended == JournalAppend.NotAdmitted ? ListChange.NotFound : ChangeOf(appended);
    }

    /// <summary>Rewrites the journal without dead lines now.</summary>
    /// <returns>True once none is left.</returns>
    public Task<bool> SweepAsync(CancellationToken cancellation) => _journal.SweepAsync(cancellation);

    /// <inheritdoc/>
    public void Dispose() => _journal.Dispose();

    private static ListChange ChangeOf(JournalAppend appended) =>
        appended == JournalAppend.Done ? ListChange.Done : ListChange.StoreFailed;
}
