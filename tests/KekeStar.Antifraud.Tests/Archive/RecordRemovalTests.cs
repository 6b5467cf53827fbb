using CsCheck;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>What rights take out of the archive.</summary>
public sealed class RecordRemovalTests
{
    private const long Account = 0x0123_4567_89AB_CDEF;

    // As one decision is read: with what lists of decisions leave out. Its policy is the shipped one, whose model in the shadow was not asked.
    private static DecisionRow Whole(MadeDecision made) => ArchiveUnderTest.Row(made) with
    {
        ThresholdShift = 0,
        Models = new RecordedModels { Probabilities = [double.NaN, double.NaN, double.NaN], ShadowModel = ShippedModel.Hash[..16] },
    };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly DecisionFilter Everything = new() { From = DateTimeOffset.MinValue, To = DateTimeOffset.MaxValue };

    private static readonly WithdrawnDetails Withdrawn = new(Device: true, Bssid: true, Cohort: false, Labels: ["hook"]);

    [Fact]
    public void An_erasure_takes_the_accounts_rows_and_no_other() => Gen.Select(Decisions.Many(1, 60), Gen.Int[1, 4], Gen.Bool).Sample(
        static (made, entity, merges) => CheckAsync(made, (entity * 0x1111_2222_3333L) - (entity % 2 == 0 ? 0 : long.MaxValue), merges).GetAwaiter().GetResult(),
        iter: 15,
        threads: 1);

    [Fact]
    public async Task After_an_erasure_no_file_holds_a_byte_of_the_accounts_pseudonym()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(
            new MadeDecision { Decision = 1, Account = Account },
            new MadeDecision { Decision = 2, Account = 3, OtherAccount = Account, At = TimeSpan.FromMinutes(1) },
            new MadeDecision { Decision = 0x7766_5544_3322_1100, At = TimeSpan.FromHours(1) },
            new MadeDecision { Decision = 4, Account = 4, At = TimeSpan.FromHours(1) });
        Assert.True(archive.AnyFileHolds(Account));

        // Of those that are not in a file yet neither.
        archive.Record(new MadeDecision { Decision = 5, Account = Account, At = TimeSpan.FromHours(2) });
        var asked = archive.Queue.AskAsync(new RecordErasure { Account = (ulong)Account, Decisions = [0x7766_5544_3322_1100] });
        archive.Writer.KeepUp();
        var result = await asked;

        Assert.Equal(StoreStatus.Ok, result.Status);
        Assert.Equal(4, result.Records);
        Assert.False(archive.AnyFileHolds(Account));
        Assert.False(archive.AnyFileHolds(0x7766_5544_3322_1100));
        Assert.Equal([4], (await AllAsync(archive)).Select(static row => row.Decision));
        Assert.Empty(archive.Tail.Since(0).Rows);
    }

    [Fact]
    public async Task An_erasure_waits_for_whoever_still_reads_the_rows()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1, Account = Account });
        var reading = archive.Catalog.Take(Everything.From, Everything.To);
        var asked = archive.Queue.AskAsync(new RecordErasure { Account = (ulong)Account });
        var working = Task.Run(archive.Writer.KeepUp);

        // The file has been replaced, and stays while it is read: an erasure that did not wait would have answered before.
        var hour = ArchiveHour.Of(ArchiveUnderTest.Start);
        Assert.True(SpinWait.SpinUntil(() => archive.Catalog.RetiredOf(hour).Length > 0, Patience));
        Assert.False(asked.IsCompleted);
        Assert.True(archive.AnyFileHolds(Account));

        reading.Dispose();
        Assert.Equal(StoreStatus.Ok, (await asked).Status);
        await working;
        Assert.False(archive.AnyFileHolds(Account));
    }

    [Fact]
    public async Task A_withdrawal_empties_what_the_categories_derived_and_keeps_the_decision()
    {
        var made = new MadeDecision { Decision = 1, Account = Account, Device = 2, Bssid = 3, Cohort = 4, Ip = 5, Labels = 7, Rules = 3 };
        var others = made with { Decision = 2, Account = 9 };
        await using var archive = new ArchiveUnderTest();
        archive.Write(made, others);

        var first = await AskAsync(archive, new RecordErasure { Account = (ulong)Account, Withdrawn = Withdrawn });
        var again = await AskAsync(archive, new RecordErasure { Account = (ulong)Account, Withdrawn = Withdrawn });

        Assert.Equal((StoreStatus.Ok, 1, 1), (first.Status, first.Records, first.Logs));
        Assert.Equal((StoreStatus.Ok, 0, 0), (again.Status, again.Records, again.Logs));
        var row = Whole(made) with { Device = null, Bssid = null, Labels = ["rooted", "multi_open"] };
        var mine = (await archive.Archive.GetAsync([1], at: null, CancellationToken.None)).Value!;
        Assert.Equal(ArchiveUnderTest.Text(row), ArchiveUnderTest.Text(mine.Row));
        Assert.Empty(mine.Features);
        Assert.Empty(mine.Entities);
        var theirs = (await archive.Archive.GetAsync([2], at: null, CancellationToken.None)).Value!;
        Assert.Equal(ArchiveUnderTest.Text(Whole(others)), ArchiveUnderTest.Text(theirs.Row));
        Assert.NotEmpty(theirs.Features);
        Assert.NotEmpty(theirs.Entities);
    }

    [Fact]
    public async Task An_export_lists_the_accounts_rows_under_every_epoch_once()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(
            new MadeDecision { Decision = 1, Account = Account, OtherAccount = 8, Labels = 1, Rules = 1 },
            new MadeDecision { Decision = 2, Account = 8, At = TimeSpan.FromMinutes(1) },
            new MadeDecision { Decision = 3, Account = 4, At = TimeSpan.FromMinutes(2) });
        var asked = archive.Queue.AskAsync(new RecordExtract { Accounts = [(ulong)Account, 8] });
        archive.Writer.KeepUp();
        var answer = await asked;

        Assert.Equal(2, answer.Total);
        Assert.Equal([ArchiveUnderTest.Start.AddMinutes(1), ArchiveUnderTest.Start], answer.Rows.Select(static row => row.Time));
        Assert.Equal(["rooted"], answer.Rows[1].Labels);
        Assert.Equal(["rule_a"], answer.Rows[1].Rules);
        Assert.Equal(TimeSpan.FromDays(archive.Options.RetentionDays), answer.Retention);
    }

    private static async Task<RightsResult> AskAsync(ArchiveUnderTest archive, RecordErasure erasure)
    {
        var asked = archive.Queue.AskAsync(erasure);
        archive.Writer.KeepUp();
        return await asked;
    }

    private static async Task<IReadOnlyList<DecisionRow>> AllAsync(ArchiveUnderTest archive) =>
        (await archive.Archive.SearchAsync(Everything, ArchiveLimits.MaxPageRows, after: null, CancellationToken.None)).Value.Rows;

    private static async Task CheckAsync(MadeDecision[] made, long account, bool merges)
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(made);
        if (merges)
        {
            archive.Clock.SetUtcNow(ArchiveUnderTest.Start + TimeSpan.FromHours(5));
            archive.Writer.KeepUp();
        }

        var result = await AskAsync(archive, new RecordErasure { Account = unchecked((ulong)account), Decisions = [unchecked((ulong)made[0].Decision)] });

        MadeDecision[] left = [.. made.Skip(1).Where(decision => decision.Account != account && decision.OtherAccount != account)];
        Assert.Equal(StoreStatus.Ok, result.Status);
        Assert.Equal(made.Length - left.Length, result.Records);
        Assert.Equal(
            left.OrderByDescending(static decision => decision.At).ThenByDescending(static decision => decision.Decision)
                .Select(static decision => ArchiveUnderTest.Text(ArchiveUnderTest.Row(decision))),
            (await AllAsync(archive)).Select(ArchiveUnderTest.Text),
            StringComparer.Ordinal);

        // The sums go with the rows, and nothing comes back with a restart.
        archive.Restart();
        Assert.True(archive.Writer.Flush());
        archive.Writer.KeepUp();
        Assert.Equal(left.Length, (await AllAsync(archive)).Count);
        Assert.Equal(left.Length, (await archive.Archive.OverviewAsync(ArchiveUnderTest.Start, ArchiveUnderTest.Start.AddHours(4), CancellationToken.None)).Value.Total);
    }
}
