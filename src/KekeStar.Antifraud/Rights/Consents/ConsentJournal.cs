using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Journals;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Rights.Consents;

/// <summary>Keeps the <see cref="ConsentBook"/>s of all instances equal through a journal in the store.</summary>
internal sealed class ConsentJournal : IDisposable
{
    /// <summary>
    /// Most accounts with markers: 1,000,000, about 150 MB of memory. The calls that set one are refused beyond it.
    /// </summary>
    public const int MaxAccounts = 1_000_000;

    /// <summary>The journal's key: 'k' and the version of its format.</summary>
    internal static readonly byte[] JournalKey = "k1"u8.ToArray();

    private readonly ConsentBook _book;
    private readonly ConsentLines _lines;
    private readonly StoreJournal _journal;

    /// <summary>Makes the journal.</summary>
    public ConsentJournal(IWindowStore store, ConsentBook book, KeyRing keys, TimeProvider time, ILogger<ConsentJournal> logger)
    {
        _book = book;
        var name = new JournalName(JournalKey, "consent markers", ConsentMarkers.Lifetime(ConsentMarker.Minor));
        _lines = new ConsentLines(book, keys, time);
        _journal = new StoreJournal(store, _lines, name, time, logger);
    }

    /// <summary>Reads the journal on until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => _journal.RunAsync(cancellation);

    /// <summary>Reads what is new in the journal.</summary>
    public Task<StoreStatus> RefreshAsync(CancellationToken cancellation) => _journal.RefreshAsync(cancellation);

    /// <summary>Sets a marker of an account under every epoch.</summary>
    /// <param name="subjects">The account under every epoch.</param>
    /// <param name="marker">The marker.</param>
    /// <param name="atMilliseconds">Since when it holds, Unix milliseconds.</param>
    /// <param name="cancellation">Ends the waiting for a turn.</param>
    /// <returns>Done, NotAdmitted beyond <see cref="MaxAccounts"/>, or StoreFailed: try again, which is harmless.</returns>
    public async Task<JournalAppend> SetAsync(
        IReadOnlyList<AccountSubject> subjects, ConsentMarker marker, long atMilliseconds, CancellationToken cancellation)
    {
        foreach (var (epoch, account) in subjects)
        {
            var appended = await _journal.AppendAsync(
                ConsentLines.Line(epoch.Number, account, marker, atMilliseconds),
                refresh: false,
                () => _book.Count < MaxAccounts || _lines.CountHolding() < MaxAccounts,
                cancellation);
            if (appended != JournalAppend.Done)
            {
                return appended;
            }
        }

        return JournalAppend.Done;
    }

    /// <summary>Rewrites the journal without dead lines now.</summary>
    /// <returns>True once none is left.</returns>
    public Task<bool> SweepAsync(CancellationToken cancellation) => _journal.SweepAsync(cancellation);

    /// <inheritdoc/>
    public void Dispose() => _journal.Dispose();
}
