using KekeStar.Antifraud.Audit;

namespace KekeStar.Antifraud.Tests.Audit;

/// <summary>Months past their retention go, and the log says so.</summary>
public sealed class AuditRetentionTests : IDisposable
{
    private readonly AuditUnderTest _audit = new();

    public void Dispose() => _audit.Dispose();

    [Theory]
    [InlineData(2026, 11, 2029, 11, 30)]
    [InlineData(2027, 2, 2030, 2, 28)]
    [InlineData(2028, 1, 2031, 1, 31)]
    [InlineData(2028, 2, 2031, 2, 28)]
    public async Task Every_line_stays_for_three_calendar_years_leap_days_or_not(int year, int month, int lastYear, int lastMonth, int lastDay)
    {
        _audit.Time.AdjustTime(new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero));
        await _audit.WriteAsync(1);
        _audit.Time.AdjustTime(new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1));
        await _audit.WriteAsync(1);

        _audit.Time.AdjustTime(new DateTimeOffset(lastYear, lastMonth, lastDay, 23, 59, 59, TimeSpan.Zero));
        await _audit.WriteAsync(1);
        Assert.Equal(1, _audit.Verify().First!.Seq);

        _audit.Time.Advance(TimeSpan.FromSeconds(1));
        await _audit.WriteAsync(1);
        var found = _audit.Verify();
        Assert.True(found.IsIntact, found.Explain());
        Assert.Equal(2, found.First!.Seq);
    }

    [Fact]
    public async Task Months_go_one_by_one_at_start_and_daily_with_what_was_torn_in_them_and_the_newest_stays()
    {
        _audit.Options.RetentionDays = 50;
        foreach (var month in new[] { 1, 2, 3 })
        {
            _audit.Time.AdjustTime(new DateTimeOffset(2026, month, 15, 0, 0, 0, TimeSpan.Zero));
            await _audit.WriteAsync(2);
        }

        await File.WriteAllTextAsync(Path.Combine(_audit.Directory, "audit-2026-01.torn"), "{");
        _audit.Time.AdjustTime(new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.Zero));
        using (var log = _audit.Open())
        {
            Assert.Equal(3, _audit.Verify().First!.Seq);
            _audit.Time.AdjustTime(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
            await log.RemoveExpiredAsync(CancellationToken.None);
        }

        var found = _audit.Verify();
        Assert.True(found.IsIntact, found.Explain());
        Assert.DoesNotContain(Directory.GetFiles(_audit.Directory), static file => file.EndsWith(".torn", StringComparison.Ordinal));
        Assert.All(_audit.Lines(), static line => Assert.Equal("log_expired", line.Action));
        Assert.Equal(found.First!.Seq, _audit.Lines()[^1].Details.Number("first_seq"));
    }

    [Fact]
    public async Task A_month_that_somebody_else_removed_is_found_missing()
    {
        await _audit.WriteAsync(2);
        _audit.Time.Advance(TimeSpan.FromDays(31));
        await _audit.WriteAsync(2);
        File.Delete(_audit.Files[0].Path);

        Assert.Equal(AuditFault.BeginningMissing, _audit.Verify().Fault);
    }
}
