using CsCheck;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>Searching against the same question to the same decisions in memory.</summary>
public sealed class SearchTests
{
    private static readonly TimeSpan Range = TimeSpan.FromHours(3);

    private static readonly Gen<(DecisionFilter Filter, Func<MadeDecision, bool> Oracle)> Filters =
        from bits in Gen.Int[0, 1 << 9]
        from fromMinute in Gen.Int[0, 180]
        from toMinute in Gen.Int[0, 200]
        from score in Gen.Int[0, 700]
        from entity in Gen.Int[1, 4]
        select Make(bits, TimeSpan.FromMinutes(fromMinute), TimeSpan.FromMinutes(toMinute), score, entity);

    [Fact]
    public void A_search_finds_what_is_asked_for_page_by_page() => Gen.Select(Decisions.Many(0, 80), Filters, Gen.Int[1, 20]).Sample(
        static (made, filter, rows) => CheckAsync(made, filter.Filter, filter.Oracle, rows).GetAwaiter().GetResult(), iter: 40, threads: 1);

    [Fact]
    public void A_cursor_survives_being_a_text() => Gen.Select(Gen.Long[0, 4_000_000_000_000], Gen.Long).Sample(static (milliseconds, decision) =>
    {
        var cursor = new DecisionCursor(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), decision);
        return DecisionCursor.TryParse(cursor.ToString(), out var read) && read == cursor;
    });

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1-")]
    [InlineData("1-2-3")]
    [InlineData("x-1")]
    [InlineData("-1-1")]
    [InlineData("99999999999999999-1")]
    [InlineData(null)]
    public void Another_text_is_no_cursor(string? text) => Assert.False(DecisionCursor.TryParse(text, out _));

    [Fact]
    public async Task What_people_type_is_never_part_of_a_statement()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1 });
        var filter = new DecisionFilter
        {
            From = ArchiveUnderTest.Start,
            To = ArchiveUnderTest.Start + Range,
            Scene = "' OR true --",
            Label = "$from",
            Rule = "'); DROP TABLE x; --",
        };

        var answer = await archive.Archive.SearchAsync(filter, 10, after: null, CancellationToken.None);

        Assert.Equal(ArchiveStatus.Ok, answer.Status);
        Assert.Empty(answer.Value.Rows);
    }

    [Fact]
    public async Task More_pseudonyms_or_rows_than_are_allowed_are_an_error()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision());
        var many = new DecisionFilter
        {
            From = ArchiveUnderTest.Start,
            To = ArchiveUnderTest.Start + Range,
            Entities = [new EntityFilter(ArchiveEntity.Device, [.. Enumerable.Range(0, KekeStar.Antifraud.Archive.ArchiveLimits.MaxEntityIds + 1).Select(static id => (long)id)])],
        };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => archive.Archive.SearchAsync(many, 1, after: null, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => archive.Archive.SearchAsync(
            many with { Entities = [] }, KekeStar.Antifraud.Archive.ArchiveLimits.MaxPageRows + 1, after: null, CancellationToken.None));
    }

    [Fact]
    public async Task A_line_has_what_a_list_shows_and_nothing_else()
    {
        await using var archive = new ArchiveUnderTest();
        var made = new MadeDecision
        {
            Decision = 7,
            Age = TimeSpan.FromMinutes(5),
            Verdict = Verdict.Challenge,
            Store = StoreStatus.Timeout,
            List = ListKind.Grey,
            StepUpExempt = true,
            AtLeast = true,
            Rules = 15,
            Labels = 7,
            Account = 1,
            Device = 2,
            Ip = 3,
            IpPrefix = 4,
            Bssid = 5,
            Cohort = 6,
        };
        archive.Write(made);

        var line = Assert.Single((await archive.Archive.SearchAsync(
            new DecisionFilter { From = ArchiveUnderTest.Start, To = ArchiveUnderTest.Start + Range, List = "grey", Rule = ArchiveUnderTest.Rules[^1] },
            rows: 1,
            after: null,
            CancellationToken.None,
            DecisionParts.Line)).Value.Rows);

        var whole = ArchiveUnderTest.Row(made);
        var shown = whole with
        {
            EventTime = whole.Time,
            Challenge = null,
            BatchRegistration = 0,
            Policy = "",
            PolicyHash = "",
            List = null,
            StepUpExempt = false,
            AtLeast = false,
            DurationMicroseconds = 0,
            KeyEpoch = 0,
            ShadowRules = [],
            Ip = null,
            IpPrefix = null,
            Bssid = null,
            Cohort = null,
        };
        Assert.Equal(ArchiveUnderTest.Text(shown), ArchiveUnderTest.Text(line));
    }

    private static (DecisionFilter Filter, Func<MadeDecision, bool> Oracle) Make(int bits, TimeSpan from, TimeSpan to, int score, int entity)
    {
        bool Has(int bit) => (bits & (1 << bit)) != 0;
        var id = (entity * 0x1111_2222_3333L) - (entity % 2 == 0 ? 0 : long.MaxValue);
        var filter = new DecisionFilter
        {
            From = ArchiveUnderTest.Start + from,
            To = ArchiveUnderTest.Start + to,
            Scene = Has(0) ? "login" : null,
            Verdict = Has(1) ? "reject" : null,
            Label = Has(2) ? ArchiveUnderTest.Labels[1] : null,
            Rule = Has(3) ? ArchiveUnderTest.Rules[entity - 1] : null,
            List = Has(4) ? "deny" : null,
            Entities = Has(5) ? [new EntityFilter(ArchiveEntity.Device, [id, 1]), new EntityFilter(ArchiveEntity.IpPrefix, [id])] : [],
            MinScore = Has(6) ? score : null,
            MaxScore = Has(7) ? score + 100 : null,
            Degraded = Has(8) ? Has(6) : null,
        };
        return (filter, made =>
            made.At >= from && made.At < to
            && (!Has(0) || made.Scene == Scene.Login)
            && (!Has(1) || made.Verdict == Verdict.Reject)
            && (!Has(2) || (made.Labels & 2) != 0)
            && (!Has(3) || (made.Rules & (1 << (entity - 1))) != 0)
            && (!Has(4) || made.List == ListKind.Deny)
            && (!Has(5) || (made.Device == id && made.IpPrefix == id))
            && (!Has(6) || ArchiveUnderTest.ScoreOf(made) >= score)
            && (!Has(7) || ArchiveUnderTest.ScoreOf(made) <= score + 100)
            && (!Has(8) || made.Store != StoreStatus.Ok == Has(6)));
    }

    private static async Task CheckAsync(MadeDecision[] made, DecisionFilter filter, Func<MadeDecision, bool> oracle, int rows)
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(made);

        var found = new List<long>();
        DecisionCursor? after = null;
        do
        {
            var answer = await archive.Archive.SearchAsync(filter, rows, after, CancellationToken.None, rows % 2 == 0 ? DecisionParts.Line : DecisionParts.All);
            Assert.Equal(ArchiveStatus.Ok, answer.Status);
            Assert.True(answer.Value.Next is null || answer.Value.Rows.Count == rows);
            found.AddRange(answer.Value.Rows.Select(static row => row.Decision));
            after = answer.Value.Next;
        }
        while (after is not null);

        Assert.Equal(
            made.Where(oracle).OrderByDescending(static decision => decision.At).ThenByDescending(static decision => decision.Decision).Select(static decision => decision.Decision),
            found);
    }
}
