using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Journals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Scoring.Lists;

[Collection(nameof(AllocationCollection))]
public sealed class ListJournalTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly InMemoryWindowStore _store = new();

    [Fact]
    public async Task An_entry_holds_at_once_here_and_after_a_refresh_elsewhere()
    {
        var (here, hereBook) = Instance();
        var (elsewhere, elsewhereBook) = Instance();

        Assert.Equal(ListChange.Done, await here.PutAsync(Entry(1, ListKind.Deny), default));
        Assert.Equal(ListKind.Deny, hereBook.Find(EntityKind.Account, Of(1)));
        Assert.Equal(ListKind.Unspecified, elsewhereBook.Find(EntityKind.Account, Of(1)));

        Assert.Equal(StoreStatus.Ok, await elsewhere.RefreshAsync(default));
        Assert.Equal(ListKind.Deny, elsewhereBook.Find(EntityKind.Account, Of(1)));
        Assert.Equal(ListKind.Unspecified, elsewhereBook.Find(EntityKind.Device, Of(1)));
        Assert.Equal(TimeSpan.FromDays(90), _store.LastTimeToLive);
    }

    [Fact]
    public async Task The_later_line_wins_and_a_removal_is_seen_everywhere()
    {
        var (here, hereBook) = Instance();
        var (elsewhere, elsewhereBook) = Instance();
        await here.PutAsync(Entry(1, ListKind.Deny), default);
        await elsewhere.RefreshAsync(default);
        await elsewhere.PutAsync(Entry(1, ListKind.Grey), default);
        await here.RefreshAsync(default);
        Assert.Equal(ListKind.Grey, hereBook.Find(EntityKind.Account, Of(1)));

        Assert.Equal(ListChange.Done, await here.RemoveAsync(1, EntityKind.Account, Of(1), default));
        Assert.Equal(ListKind.Unspecified, hereBook.Find(EntityKind.Account, Of(1)));
        Assert.Equal(ListChange.NotFound, await elsewhere.RemoveAsync(1, EntityKind.Account, Of(1), default));
        Assert.Equal(ListKind.Unspecified, elsewhereBook.Find(EntityKind.Account, Of(1)));
    }

    [Fact]
    public async Task An_entry_ends_at_its_expiry()
    {
        var (journal, book) = Instance();
        await journal.PutAsync(Entry(1, ListKind.Allow, TimeSpan.FromMinutes(5)), default);

        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(ListKind.Allow, book.Find(EntityKind.Account, Of(1)));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(ListKind.Unspecified, book.Find(EntityKind.Account, Of(1)));
    }

    [Fact]
    public async Task A_restarted_instance_reads_everything()
    {
        var (first, _) = Instance();
        for (var i = 1; i <= 40; i++)
        {
            await first.PutAsync(Entry(i, ListKind.Deny), default);
        }

        var (second, secondBook) = Instance();
        await second.RefreshAsync(default);

        Assert.Equal(40, secondBook.Count);
        Assert.Equal(ListKind.Deny, secondBook.Find(EntityKind.Account, Of(40)));
    }

    [Fact]
    public async Task A_journal_that_is_mostly_dead_is_rewritten_and_others_follow()
    {
        var (here, hereBook) = Instance();
        var (elsewhere, elsewhereBook) = Instance();
        await elsewhere.PutAsync(Entry(1_000, ListKind.Deny), default);
        for (var i = 0; i < 100; i++)
        {
            await here.PutAsync(Entry(i % 10, (i / 10) % 2 == 0 ? ListKind.Deny : ListKind.Grey), default);
        }

        await elsewhere.RefreshAsync(default);
        Assert.True(_store[ListJournal.JournalKey].Length < 102 * ListEntry.Length);
        Assert.Equal(12 * ListEntry.Length, _store[ListJournal.JournalKey].Length);

        await elsewhere.PutAsync(Entry(2_000, ListKind.Allow), default);
        await here.RefreshAsync(default);
        foreach (var book in (ListBook[])[hereBook, elsewhereBook])
        {
            Assert.Equal(ListKind.Grey, book.Find(EntityKind.Account, Of(3)));
            Assert.Equal(ListKind.Deny, book.Find(EntityKind.Account, Of(1_000)));
            Assert.Equal(ListKind.Allow, book.Find(EntityKind.Account, Of(2_000)));
        }
    }

    [Fact]
    public async Task Rewriting_drops_expired_and_removed_entries()
    {
        var (journal, book) = Instance();
        for (var i = 0; i < 80; i++)
        {
            await journal.PutAsync(Entry(i, ListKind.Deny, TimeSpan.FromHours(i < 70 ? 1 : 3)), default);
        }

        await journal.RemoveAsync(1, EntityKind.Account, Of(79), default);
        _time.Advance(TimeSpan.FromHours(2));
        await journal.RefreshAsync(default);

        Assert.Equal(9, book.Count);
        Assert.Equal(10 * ListEntry.Length, _store[ListJournal.JournalKey].Length);
    }

    [Fact]
    public async Task Concurrent_writers_lose_nothing_and_agree()
    {
        var instances = Enumerable.Range(0, 4).Select(_ => Instance()).ToArray();
        await Task.WhenAll(instances.Select((instance, number) => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                // Every instance has entities of its own, written many times over, and all of them share one.
                await instance.Journal.PutAsync(Entry((number * 1_000) + (i % 20), i < 180 ? ListKind.Deny : ListKind.Grey), default);
                await instance.Journal.PutAsync(Entry(9_999, i % 2 == 0 ? ListKind.Allow : ListKind.Deny), default);
                await instance.Journal.RefreshAsync(default);
            }
        })));

        foreach (var (journal, _) in instances)
        {
            await journal.RefreshAsync(default);
        }

        var shared = instances[0].Book.Find(EntityKind.Account, Of(9_999));
        Assert.All(instances, instance =>
        {
            Assert.Equal(81, instance.Book.CountHolding());
            Assert.Equal(shared, instance.Book.Find(EntityKind.Account, Of(9_999)));
            for (var number = 0; number < 4; number++)
            {
                Assert.Equal(ListKind.Grey, instance.Book.Find(EntityKind.Account, Of((number * 1_000) + 7)));
            }
        });
    }

    [Fact]
    public async Task While_the_store_is_away_the_entries_in_memory_stay_in_force()
    {
        var (journal, book) = Instance();
        await journal.PutAsync(Entry(1, ListKind.Deny), default);
        _store.Status = StoreStatus.Unavailable;

        Assert.Equal(StoreStatus.Unavailable, await journal.RefreshAsync(default));
        Assert.Equal(ListChange.StoreFailed, await journal.PutAsync(Entry(2, ListKind.Deny), default));
        Assert.Equal(ListChange.StoreFailed, await journal.RemoveAsync(1, EntityKind.Account, Of(1), default));
        Assert.Equal(ListKind.Deny, book.Find(EntityKind.Account, Of(1)));
        Assert.Equal(ListKind.Unspecified, book.Find(EntityKind.Account, Of(2)));

        _store.Status = StoreStatus.Ok;
        Assert.Equal(StoreStatus.Ok, await journal.RefreshAsync(default));
        Assert.Equal(ListKind.Deny, book.Find(EntityKind.Account, Of(1)));
    }

    [Fact]
    public async Task A_journal_that_is_gone_empties_the_lists_and_can_begin_again()
    {
        var (journal, book) = Instance();
        await journal.PutAsync(Entry(1, ListKind.Deny), default);
        await journal.RefreshAsync(default);
        _store.Drop(ListJournal.JournalKey);

        await journal.RefreshAsync(default);
        Assert.Equal(ListKind.Unspecified, book.Find(EntityKind.Account, Of(1)));

        await journal.PutAsync(Entry(2, ListKind.Deny), default);
        var (other, otherBook) = Instance();
        await other.RefreshAsync(default);
        Assert.Equal(ListKind.Deny, otherBook.Find(EntityKind.Account, Of(2)));
    }

    [Fact]
    public async Task The_loop_refreshes_once_a_second_until_cancelled()
    {
        var (writer, _) = Instance();
        var (reader, readerBook) = Instance();
        using var cancellation = new CancellationTokenSource();
        var loop = reader.RunAsync(cancellation.Token);
        await writer.PutAsync(Entry(1, ListKind.Deny), default);

        await Patience.UntilAsync(() =>
        {
            _time.Advance(JournalLimits.RefreshInterval);
            return readerBook.Find(EntityKind.Account, Of(1)) == ListKind.Deny;
        });
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }

    [Fact]
    public async Task The_lists_take_a_hundred_thousand_entries_and_more_only_when_some_expire()
    {
        // The first line is the journal's mark.
        var lines = new byte[(ListLimits.MaxEntries + 1) * ListEntry.Length];
        for (var i = 0; i < ListLimits.MaxEntries; i++)
        {
            Entry(i, ListKind.Deny, TimeSpan.FromHours(i == 0 ? 1 : 2)).Write(lines.AsSpan((i + 1) * ListEntry.Length));
        }

        await _store.AppendAsync(ListJournal.JournalKey, lines, ListLimits.MaxLifetime, JournalLimits.StoreTimeout);
        var (journal, book) = Instance();
        await journal.RefreshAsync(default);

        Assert.Equal(ListKind.Deny, book.Find(EntityKind.Account, Of(ListLimits.MaxEntries - 1)));
        Assert.Equal(ListChange.Full, await journal.PutAsync(Entry(200_000, ListKind.Deny), default));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ListChange.Done, await journal.PutAsync(Entry(200_000, ListKind.Deny), default));
    }

    [Fact]
    public async Task Finding_allocates_nothing()
    {
        var (journal, book) = Instance();
        await journal.PutAsync(Entry(1, ListKind.Deny), default);
        book.Find(EntityKind.Account, Of(1));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = 0;
        for (var i = 0; i < 1_000; i++)
        {
            found += book.Find(EntityKind.Account, Of(i)) == ListKind.Deny ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1, found);
    }

    [Fact]
    public void An_entry_survives_writing_and_reading()
    {
        var entry = new ListEntry(7, EntityKind.Bssid, new Pseudonym(0xFEDC_BA98_7654_3210, 42), ListKind.Grey, 1_800_000_000_123);
        Span<byte> line = stackalloc byte[ListEntry.Length];
        entry.Write(line);

        Assert.Equal(entry, ListEntry.Read(line));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private static Pseudonym Of(int number) => new((ulong)number + 1, 99);

    private (ListJournal Journal, ListBook Book) Instance()
    {
        var book = new ListBook(_time, new IntakeUnderTest().Ring);
        return (new ListJournal(_store, book, _time, NullLogger<ListJournal>.Instance), book);
    }

    private ListEntry Entry(int number, ListKind list, TimeSpan? lifetime = null) =>
        new(1, EntityKind.Account, Of(number), list, (_time.GetUtcNow() + (lifetime ?? TimeSpan.FromDays(1))).ToUnixTimeMilliseconds());
}
