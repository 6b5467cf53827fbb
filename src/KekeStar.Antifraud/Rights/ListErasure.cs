using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>Takes an account off the lists, and what was written of it out of their journal.</summary>
internal sealed class ListErasure
{
    private readonly ListBook _book;
    private readonly ListJournal _journal;

    /// <summary>Erases in a book and its journal.</summary>
    public ListErasure(ListBook book, ListJournal journal)
    {
        _book = book;
        _journal = journal;
    }

    /// <summary>Erases an account.</summary>
    /// <param name="subjects">The account under every epoch.</param>
    /// <param name="keepDenyEntry">True: an entry on the deny list stays until it expires.</param>
    /// <returns>Number of entries removed and of those that stay (each epoch's counts), and Ok or why not all of it was done.</returns>
    public async Task<(int Removed, int Kept, StoreStatus Status)> EraseAsync(IReadOnlyList<AccountSubject> subjects, bool keepDenyEntry)
    {
        int removed = 0, kept = 0;
        foreach (var (epoch, account) in subjects)
        {
            if (keepDenyEntry && _book.Find(EntityKind.Account, account) == ListKind.Deny)
            {
                kept++;
                continue;
            }

            switch (await _journal.RemoveAsync(epoch.Number, EntityKind.Account, account, CancellationToken.None))
            {
                case ListChange.Done:
                    removed++;
                    break;
                case ListChange.StoreFailed:
                    return (removed, kept, StoreStatus.Unavailable);
            }
        }

        return (removed, kept, await _journal.SweepAsync(CancellationToken.None) ? StoreStatus.Ok : StoreStatus.Unavailable);
    }
}
