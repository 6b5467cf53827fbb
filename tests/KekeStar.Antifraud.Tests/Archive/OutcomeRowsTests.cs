using System.Buffers.Binary;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>Reported outcomes in the archive: written, merged, kept and removed as decisions are.</summary>
public sealed class OutcomeRowsTests
{
    private const long Account = 0x0123_4567_89AB_CDEF;
    private const long Device = 0x1122_3344_5566_7788;

    private static readonly string Blob = $"{(byte)EntityKind.Device:X2}1122334455667788{(byte)EntityKind.Ip:X2}00000000000000FF";

    [Fact]
    public async Task An_outcome_is_written_whole_and_merging_changes_nothing()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Queue.Add(Make(decision: 5, Account).Record());
        Keep(archive);
        archive.Queue.Add(Make(decision: 6, account: 0, outcome: Outcome.CaptchaFailed).Record());
        Keep(archive);
        var parts = Rows(archive);

        archive.Clock.Advance(TimeSpan.FromHours(2));
        archive.Writer.KeepUp();

        Assert.Equal(
            [
                $"5 login_failed 1 false 9 1 81985529216486895 8 1234605616436508552 77 {Blob}",
                $"6 captcha_failed 2 false 9 1 NULL 8 1234605616436508552 77 {Blob}",
            ],
            parts);
        Assert.Equal(parts, Rows(archive));
        Assert.Contains("merged-", Assert.Single(OutcomeFiles(archive)), StringComparison.Ordinal);
        Assert.Equal(2, archive.Count("antifraud.records.written"));
    }

    [Fact]
    public async Task Retention_takes_outcomes_with_their_hour()
    {
        await using var archive = new ArchiveUnderTest(static options => options.RetentionDays = 1);
        archive.Queue.Add(Make(decision: 5, Account).Record());
        Keep(archive);
        archive.Clock.Advance(TimeSpan.FromHours(23));
        archive.Writer.KeepUp();
        Assert.NotEmpty(OutcomeFiles(archive));

        archive.Clock.Advance(TimeSpan.FromHours(2));
        archive.Writer.KeepUp();

        Assert.Empty(OutcomeFiles(archive));
    }

    [Fact]
    public async Task Too_many_bytes_take_outcomes_with_the_oldest_hour()
    {
        await using var archive = new ArchiveUnderTest(static options => options.MaxBytes = 1);
        archive.Queue.Add(Make(decision: 5, Account).Record());
        Keep(archive);
        Assert.NotEmpty(OutcomeFiles(archive));

        archive.Clock.Advance(TimeSpan.FromHours(1));
        archive.Writer.KeepUp();

        Assert.Empty(OutcomeFiles(archive));
    }

    [Fact]
    public async Task An_erasure_takes_the_accounts_outcomes_under_either_epoch_and_those_of_its_events()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Queue.Add(Make(decision: 1, Account).Record());
        archive.Queue.Add((Make(decision: 2, account: 4) with { OtherAccount = Account }).Record());
        archive.Queue.Add(Make(decision: 0x7766_5544_3322_1100, account: 0).Record());
        Keep(archive);

        // Of those that are not in a file yet neither.
        archive.Queue.Add(Make(decision: 3, Account).Record());
        archive.Queue.Add(Make(decision: 4, account: 9).Record());
        var result = await AskAsync(archive, new RecordErasure { Account = (ulong)Account, Decisions = [0x7766_5544_3322_1100] });

        Assert.Equal((StoreStatus.Ok, 4), (result.Status, result.Records));
        Assert.False(archive.AnyFileHolds(Account));
        Assert.False(archive.AnyFileHolds(0x7766_5544_3322_1100));
        Assert.StartsWith("4 ", Assert.Single(Rows(archive)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_withdrawal_empties_the_windows_that_an_outcome_was_written_to(bool withdrawsDevice)
    {
        await using var archive = new ArchiveUnderTest();
        archive.Queue.Add(Make(decision: 1, Account).Record());
        archive.Queue.Add(Make(decision: 2, account: 9).Record());
        Keep(archive);
        var withdrawal = new WithdrawnDetails(withdrawsDevice, Bssid: true, Cohort: false, Labels: ["hook"]);

        var first = await AskAsync(archive, new RecordErasure { Account = (ulong)Account, Withdrawn = withdrawal });
        var again = await AskAsync(archive, new RecordErasure { Account = (ulong)Account, Withdrawn = withdrawal });

        Assert.Equal((StoreStatus.Ok, 1, 0), (first.Status, first.Records, again.Records));
        Assert.Equal(
            [
                $"1 login_failed 1 false 9 1 81985529216486895 8 {(withdrawsDevice ? "NULL" : "1234605616436508552")} NULL NULL",
                $"2 login_failed 2 false 9 1 9 8 1234605616436508552 77 {Blob}",
            ],
            Rows(archive));
    }

    [Fact]
    public async Task A_correction_takes_the_outcome_and_no_other_of_the_event()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Queue.Add(Make(decision: 1, Account).Record());
        archive.Queue.Add(Make(decision: 1, Account, Outcome.CaptchaPassed).Record());
        archive.Queue.Add(Make(decision: 2, Account).Record());
        Keep(archive);

        var asked = archive.Queue.AskAsync(new OutcomeRetraction { Decision = 1, Outcome = Outcome.LoginFailed });
        archive.Writer.KeepUp();

        Assert.Equal((StoreStatus.Ok, 1), ((await asked).Status, (await asked).Records));
        Assert.Equal(["1 captcha_passed", "2 login_failed"], Rows(archive).Select(static row => string.Join(' ', row.Split(' ').Take(2))), StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_export_lists_the_accounts_outcomes_newest_first()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Queue.Add(Make(decision: 1, Account).Record());
        archive.Clock.Advance(TimeSpan.FromMinutes(1));
        archive.Queue.Add((Make(decision: 2, account: 4, Outcome.Missed) with { OtherAccount = Account }).Record());
        archive.Queue.Add(Make(decision: 3, account: 5).Record());
        Keep(archive);

        var asked = archive.Queue.AskAsync(new RecordExtract { Accounts = [(ulong)Account] });
        archive.Writer.KeepUp();
        var answer = await asked;

        Assert.Equal(2, answer.OutcomeTotal);
        Assert.Equal(["missed", "login_failed"], answer.Outcomes.Select(static outcome => outcome.Outcome), StringComparer.Ordinal);
        Assert.Equal(ArchiveUnderTest.Start, answer.Outcomes[1].Time);
        Assert.Equal(ArchiveUnderTest.Start.AddMinutes(-3), answer.Outcomes[1].OutcomeTime);
    }

    [Fact]
    public async Task What_finds_the_queue_of_outcomes_full_is_counted_and_gone()
    {
        await using var archive = new ArchiveUnderTest();
        var queue = new DecisionRecordQueue(archive.Records, archive.Clock, capacity: 1, maxBytes: 1_000_000, outcomeCapacity: 2);
        for (var decision = 1; decision <= 3; decision++)
        {
            queue.Add(Make(decision, Account).Record());
        }

        Assert.Equal((2, 1), (queue.OutcomeCount, archive.Count("antifraud.records.dropped")));
        Assert.True(queue.TryTakeOutcome(out var first));
        Assert.Equal((1UL, ArchiveUnderTest.Start.ToUnixTimeMilliseconds()), (first.Decision, first.TimeMilliseconds));
    }

    private static MadeOutcome Make(long decision, long account, Outcome outcome = Outcome.LoginFailed) => new(decision, account, outcome);

    private static void Keep(ArchiveUnderTest archive)
    {
        Assert.True(archive.Writer.Flush());
        archive.Writer.KeepUp();
    }

    private static async Task<RightsResult> AskAsync(ArchiveUnderTest archive, RecordErasure erasure)
    {
        var asked = archive.Queue.AskAsync(erasure);
        archive.Writer.KeepUp();
        return await asked;
    }

    private static string[] OutcomeFiles(ArchiveUnderTest archive) =>
        [.. LiveFiles.Find(archive.Folder, ArchiveKind.Outcomes).Select(static file => file.Name)];

    private static List<string> Rows(ArchiveUnderTest archive)
    {
        using var engine = new DuckDbEngine(threads: 1, KekeStar.Antifraud.Archive.ArchiveLimits.UpkeepMemoryBytes);
        return engine.Query(
            $"""
            SELECT concat_ws(' ', decision, outcome, sequence, late, KEY_EPOCH + 8, key_epoch, coalesce(account::VARCHAR, 'NULL'),
                CASE WHEN outcome_time = time - INTERVAL 3 MINUTE THEN 8 ELSE 0 END,
                coalesce(device::VARCHAR, 'NULL'), coalesce(context::VARCHAR, 'NULL'), coalesce(hex(entities), 'NULL'))
            FROM {DuckDbEngine.Read(LiveFiles.Find(archive.Folder, ArchiveKind.Outcomes).Select(static file => file.RecordsPath))} ORDER BY sequence
            """,
            static reader => reader.GetString(0));
    }

    private sealed record MadeOutcome(long Decision, long Account, Outcome Outcome)
    {
        public long OtherAccount { get; init; }

        public OutcomeRecord Record()
        {
            var entities = new byte[2 * OutcomeRecord.EntityBytes];
            entities[0] = (byte)EntityKind.Device;
            BinaryPrimitives.WriteInt64BigEndian(entities.AsSpan(1), Device);
            entities[OutcomeRecord.EntityBytes] = (byte)EntityKind.Ip;
            entities[^1] = 0xFF;
            return new OutcomeRecord
            {
                OutcomeTimeMilliseconds = ArchiveUnderTest.Start.AddMinutes(-3).ToUnixTimeMilliseconds(),
                Decision = unchecked((ulong)Decision),
                Outcome = Outcome,
                IsLate = false,
                KeyEpoch = 1,
                Account = unchecked((ulong)Account),
                OtherAccount = unchecked((ulong)OtherAccount),
                Device = unchecked((ulong)Device),
                Context = 77,
                Entities = entities,
            };
        }
    }
}
