using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Archive;

public sealed class DecisionRecordQueueTests
{
    private static readonly TimeSpan Elapsed = TimeSpan.FromMicroseconds(100);

    [Fact]
    public async Task What_finds_the_queue_full_is_counted_and_the_rest_is_written()
    {
        await using var archive = new ArchiveUnderTest(capacity: 3);
        archive.Record(Enumerable.Range(1, 5).Select(static number => new MadeDecision { Decision = number }));

        Assert.Equal(3, archive.Queue.Count);
        Assert.Equal(2, archive.Count("antifraud.records.dropped"));
        Assert.True(archive.Writer.Flush());
        Assert.Equal(3, archive.Count("antifraud.records.written"));

        // There is room again.
        archive.Record(new MadeDecision { Decision = 6 });
        Assert.Equal(2, archive.Count("antifraud.records.dropped"));
    }

    [Fact]
    public async Task What_rights_ask_is_given_up_when_the_archive_does_not_come_to_it_and_not_done_later()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1, Account = 5 });
        var asked = archive.Queue.AskAsync(new RecordErasure { Account = 5 });
        archive.Clock.Advance(DecisionRecordQueue.RequestTime);

        Assert.Equal(StoreStatus.Unavailable, (await asked).Status);
        archive.Writer.KeepUp();
        var extract = archive.Queue.AskAsync(new RecordExtract { Accounts = [5] });
        archive.Writer.KeepUp();
        Assert.Equal(1, (await extract).Total);
    }

    [Fact]
    public async Task Records_that_hold_more_memory_than_is_allowed_are_dropped()
    {
        await using var archive = new ArchiveUnderTest();
        var queue = new DecisionRecordQueue(archive.Records, archive.Clock, capacity: 1_000, maxBytes: 1);
        var call = ScoringCall.Rent();
        for (var decision = 1; decision <= 3; decision++)
        {
            ArchiveUnderTest.Fill(call, new MadeDecision { Decision = decision });
            queue.Add(call, Elapsed);
        }

        Assert.Equal(1, queue.Count);
        Assert.Equal(2, archive.Count("antifraud.records.dropped"));
    }

    [Fact]
    public async Task A_retry_of_a_full_answer_has_no_second_record_and_one_of_a_degraded_answer_has()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Record(new MadeDecision { Decision = 1 }, new MadeDecision { Decision = 2, Store = StoreStatus.Timeout });
        archive.Record(new MadeDecision { Decision = 1 }, new MadeDecision { Decision = 2 });

        Assert.Equal(3, archive.Queue.Count);
        Assert.Equal(1, archive.Count("antifraud.records.retries"));
    }

    [Fact]
    public async Task An_event_from_before_its_accounts_erasure_is_not_recorded()
    {
        await using var archive = new ArchiveUnderTest();
        var call = ScoringCall.Rent();
        ArchiveUnderTest.Fill(call, new MadeDecision { Account = 5 });
        call.Event.ForgottenAtMilliseconds = call.Event.TimeMilliseconds;
        archive.Queue.Add(call, Elapsed);

        Assert.Equal(0, archive.Queue.Count);
    }

    [Fact]
    public async Task Recording_allocates_nothing_once_it_is_warm()
    {
        const int Rounds = 500;
        await using var archive = new ArchiveUnderTest();
        var call = ScoringCall.Rent();
        ArchiveUnderTest.Fill(call, new MadeDecision { Rules = 15, Labels = 7, Account = 1, Device = 2, Ip = 3, IpPrefix = 4 });
        var decision = 0L;

        void Play()
        {
            for (var i = 0; i < Rounds; i++)
            {
                call.Event.Event = new KekeStar.Antifraud.Intake.Pseudonym((ulong)++decision, 1);
                archive.Queue.Add(call, Elapsed);
                Assert.True(archive.Queue.TryTake(out var record));
                archive.Queue.Return(record);
            }
        }

        Play();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Play();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, archive.Count("antifraud.records.dropped"));
    }

    [Fact]
    public async Task What_is_asked_of_an_archive_that_is_closed_fails_at_once()
    {
        await using var archive = new ArchiveUnderTest();
        var before = archive.Queue.AskAsync(new RecordErasure { Account = 1 });
        archive.Queue.Close();
        var after = archive.Queue.AskAsync(new RecordErasure { Account = 1 });

        var failed = new RightsResult(StoreStatus.Unavailable, 0, 0);
        Assert.Equal(failed, await before);
        Assert.Equal(failed, await after);
    }
}
