using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Windows;

/// <summary>What counting asks for when a tail does not tell enough. The counts themselves are held against an oracle elsewhere.</summary>
public sealed class WindowCounterTests
{
    private const long Now = 1_800_000_000_000;
    private const int Tail = WindowLimits.TrimRecords;

    [Fact]
    public void An_event_that_others_pushed_out_of_a_cut_tail_asks_for_more()
    {
        var counts = new WindowCounts();
        var findings = WindowCounter.Count(Log(1, Tail), isCut: true, Record(100_000), counts);
        Assert.Equal(-1, findings.OwnIndex);
        Assert.True(findings.NeedsMore);
    }

    [Fact]
    public void An_event_with_fewer_predecessors_in_sight_than_count_asks_for_more()
    {
        var counts = new WindowCounts();
        Assert.True(WindowCounter.Count(Log(1, Tail), isCut: true, Record(100), counts).NeedsMore);
        Assert.True(counts.AtLeast((int)WindowLength.OneMinute));
    }

    [Fact]
    public void An_event_with_all_predecessors_that_count_in_sight_asks_for_no_more()
    {
        var counts = new WindowCounts();
        Assert.False(WindowCounter.Count(Log(1, Tail), isCut: true, Record(Tail), counts).NeedsMore);
        Assert.Equal(WindowLimits.TailRecords, counts[WindowMetric.Events, (int)WindowLength.OneMinute]);
    }

    [Fact]
    public void A_whole_log_is_asked_for_once()
    {
        var counts = new WindowCounts();
        Assert.False(WindowCounter.Count(Log(1, 10), isCut: false, Record(100_000), counts).NeedsMore);
        Assert.Equal(11, counts[WindowMetric.Events, (int)WindowLength.OneMinute]);
        Assert.False(counts.AtLeast((int)WindowLength.SevenDays));
    }

    [Fact]
    public void A_retry_that_comes_with_a_later_time_learns_of_cut_records_as_the_first_try_did()
    {
        byte[] log = [.. new byte[WindowRecord.Length], .. Log(1, 10)];
        WindowRecord.Cut(Now - 30_000).Write(log);
        var counts = new WindowCounts();

        WindowCounter.Count(log, isCut: false, Record(10) with { TimeMilliseconds = Now + 40_000 }, counts);

        Assert.True(counts.AtLeast((int)WindowLength.OneMinute));
        Assert.Equal(10, counts[WindowMetric.Events, (int)WindowLength.OneMinute]);
    }

    private static WindowRecord Record(int number) =>
        new(Now, (byte)Scene.Login, Outcome: 0, IsLate: false, Account: 1, Device: 1, EventHash: (ulong)number * 0x9E37_79B9_7F4A_7C15);

    private static byte[] Log(int first, int count)
    {
        var log = new byte[count * WindowRecord.Length];
        for (var i = 0; i < count; i++)
        {
            Record(first + i).Write(log.AsSpan(i * WindowRecord.Length));
        }

        return log;
    }
}
