using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Rights.Consents;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.Tests.Scoring.Lists;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Journals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Windows.Journals;

/// <summary>What a journal must not keep is gone from it in time, however many instances write to it.</summary>
public sealed class StoreJournalTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly InMemoryWindowStore _store = new();
    private readonly IntakeUnderTest _intake = new();

    private int Lines => _store[ConsentJournal.JournalKey].Length / StoreJournal.LineLength;

    public Task InitializeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task A_single_dead_line_stays_an_hour_at_most()
    {
        var (journal, _) = Instance();
        await SetAsync(journal, 1, ConsentMarker.SimWithdrawn);
        await journal.RefreshAsync(default);
        await SetAsync(journal, 2, ConsentMarker.Forgotten);
        Assert.Equal(3, Lines);

        _time.Advance(TimeSpan.FromHours(25));
        await journal.RefreshAsync(default);
        Assert.Equal(2, Lines);

        await SetAsync(journal, 1, ConsentMarker.SimWithdrawn);
        await journal.RefreshAsync(default);
        Assert.Equal(3, Lines);
        _time.Advance(JournalLimits.SweepInterval);
        await journal.RefreshAsync(default);
        Assert.Equal(2, Lines);
    }

    [Fact]
    public async Task A_sweep_leaves_no_dead_line_at_once()
    {
        var (journal, book) = Instance();
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await SetAsync(journal, i % 2, ConsentMarker.SimWithdrawn);
        }

        Assert.True(await journal.SweepAsync(default));
        Assert.Equal(3, Lines);
        Assert.Equal(2, book.Count);
        Assert.True(book.TryFind(Account(1), out var markers));
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), markers[(int)ConsentMarker.SimWithdrawn]);
        Assert.True(await journal.SweepAsync(default));
        Assert.Equal(3, Lines);
    }

    [Fact]
    public async Task A_sweep_says_so_when_the_store_is_away()
    {
        var (journal, _) = Instance();
        await SetAsync(journal, 1, ConsentMarker.SimWithdrawn);
        _store.Status = StoreStatus.Unavailable;
        Assert.False(await journal.SweepAsync(default));
    }

    [Fact]
    public async Task Instances_that_sweep_and_write_at_once_lose_nothing()
    {
        const int Each = 100;
        var instances = Enumerable.Range(0, 4).Select(_ => Instance()).ToArray();
        await Task.WhenAll(instances.Select((instance, number) => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                await SetAsync(instance.Journal, (1000 * number) + i, ConsentMarker.Minor);
                await SetAsync(instance.Journal, 9_999, ConsentMarker.Minor);
                if (i % 5 == number)
                {
                    await instance.Journal.SweepAsync(default);
                }
            }
        })));

        Assert.True(await instances[0].Journal.SweepAsync(default));
        Assert.Equal(1 + (4 * Each) + 1, Lines);
        foreach (var (journal, book) in instances)
        {
            Assert.Equal(StoreStatus.Ok, await journal.RefreshAsync(default));
            Assert.Equal((4 * Each) + 1, book.Count);
        }
    }

    [Fact]
    public async Task Lines_of_an_epoch_that_is_gone_and_lines_that_nobody_knows_go()
    {
        var (journal, book) = Instance();
        await SetAsync(journal, 1, ConsentMarker.Minor);
        var ofOther = ConsentLines.Line(epoch: 9, Account(2), ConsentMarker.Minor, _time.GetUtcNow().ToUnixTimeMilliseconds());
        var unknown = ConsentLines.Line(epoch: 1, Account(3), (ConsentMarker)77, _time.GetUtcNow().ToUnixTimeMilliseconds());
        await _store.AppendAsync(ConsentJournal.JournalKey, ofOther, TimeSpan.FromDays(90), JournalLimits.StoreTimeout);
        await _store.AppendAsync(ConsentJournal.JournalKey, unknown, TimeSpan.FromDays(90), JournalLimits.StoreTimeout);
        Assert.Equal(4, Lines);

        Assert.True(await journal.SweepAsync(default));
        Assert.Equal(2, Lines);
        Assert.True(book.TryFind(Account(1), out _));
        Assert.False(book.TryFind(Account(3), out _));
    }

    [Fact]
    public async Task Erasing_takes_older_markers_of_the_account_out_of_the_journal()
    {
        var (journal, _) = Instance();
        await SetAsync(journal, 1, ConsentMarker.Minor);
        await SetAsync(journal, 1, ConsentMarker.SimWithdrawn);
        _time.Advance(TimeSpan.FromSeconds(1));
        await SetAsync(journal, 1, ConsentMarker.Forgotten);
        Assert.True(await journal.SweepAsync(default));
        Assert.Equal(2, Lines);

        _time.Advance(ConsentMarkers.Lifetime(ConsentMarker.Forgotten));
        Assert.True(await journal.SweepAsync(default));
        Assert.Equal(1, Lines);
    }

    private static Pseudonym Account(int number) => new((ulong)number + 1, 99);

    private async Task SetAsync(ConsentJournal journal, int account, ConsentMarker marker) => Assert.Equal(
        JournalAppend.Done,
        await journal.SetAsync([new AccountSubject(_intake.Epoch, Account(account))], marker, _time.GetUtcNow().ToUnixTimeMilliseconds(), default));

    private (ConsentJournal Journal, ConsentBook Book) Instance()
    {
        var book = new ConsentBook();
        return (new ConsentJournal(_store, book, _intake.Ring, _time, NullLogger<ConsentJournal>.Instance), book);
    }
}
