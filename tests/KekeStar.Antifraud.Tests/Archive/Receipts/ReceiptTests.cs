using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Receipts;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Tests.Archive.Backtests;

namespace KekeStar.Antifraud.Tests.Archive.Receipts;

public sealed class ReceiptTests(ReceiptArchive archive, RecordedHistory history) : IClassFixture<ReceiptArchive>, IClassFixture<RecordedHistory>
{
    [Fact]
    public void Every_decision_of_every_kind_follows_from_its_record()
    {
        using var desk = Desk();

        var report = desk.Check(CancellationToken.None);

        Assert.Empty(report.Examples);
        Assert.Equal((600, 600), (report.Derived, report.Identical));
        Assert.True(report.LargestSumError <= 1e-6, $"{report.LargestSumError}");
        Assert.True(report.WithModel > 50, $"{report.WithModel}");
        Assert.Equal((0, 0), (report.Erased, report.UnknownPolicies.Count));

        // Of each kind there are some, or this says little.
        var rows = Rows().Select(static recorded => recorded.Row).ToList();
        Assert.Equal(4, rows.Select(static row => row.Verdict).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(4, rows.Select(static row => row.List).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(7, rows.Select(static row => row.Store).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(rows, static row => row.StepUpExempt);
        Assert.Contains(rows, static row => row.AtLeast);
        Assert.Contains(rows, static row => row.ShadowRules.Count > 0);
        Assert.Contains(rows, static row => row.ThresholdShift != 0);
        Assert.Contains(rows, static row => row.Score == 1_000);
        Assert.Contains(rows, static row => row.Contributions.Any(static points => points < 0));
        Assert.Contains(rows, static row => row.Contributions.Any(static points => points != Math.Round(points)));
    }

    [Fact]
    public void What_the_services_hot_path_recorded_follows_from_its_records()
    {
        using var desk = new ReceiptDesk(new ReceiptSetup { Archives = [history.Traffic.Archive.Folder], Policies = new KnownPolicies() });

        var report = desk.Check(CancellationToken.None);

        Assert.Empty(report.Examples);
        Assert.True(report.Derived > 1_900, $"{report.Derived}");
        Assert.Equal(report.Derived, report.Identical);
        Assert.True(report.LargestSumError <= 1e-6, $"{report.LargestSumError}");
    }

    [Fact]
    public void Whatever_is_changed_in_a_record_is_found()
    {
        var policies = Policies();
        var found = new HashSet<string>(StringComparer.Ordinal);
        var features = new FeatureVector(FeatureCatalogue.Count);
        foreach (var recorded in Rows().Take(100))
        {
            Assert.True(recorded.Reader.TryRead(recorded.Blob.Span, features));
            foreach (var (column, changed) in Changes(recorded.Row))
            {
                var differences = Receipt.Of(changed, features, 0, policies.Find(changed.PolicyHash)!)!.Differences;
                Assert.Contains(differences, difference => difference.Column == column);
                found.Add(column);
            }
        }

        Assert.Equal(20, found.Count);
    }

    [Fact]
    public void A_changed_feature_is_found_where_a_rule_rested_on_it()
    {
        var policy = Policies().Find(Rows().First().Row.PolicyHash)!;
        var features = new FeatureVector(FeatureCatalogue.Count);
        var changed = 0;
        foreach (var recorded in Rows().Where(static recorded => recorded.Row.Rules.Count > 0).Take(100))
        {
            Assert.True(recorded.Reader.TryRead(recorded.Blob.Span, features));
            var rule = policy.Rules.ToArray().First(rule => rule.Id == recorded.Row.Rules[0]);
            foreach (var feature in rule.Features)
            {
                features.Set(feature, double.NaN);
            }

            Assert.Contains(Receipt.Of(recorded.Row, features, 0, policy)!.Differences, static difference => difference.Column == "rules");
            changed++;
        }

        Assert.Equal(100, changed);
    }

    [Fact]
    public void Another_policy_of_the_same_version_does_not_pass_for_the_one_that_decided()
    {
        using var desk = new ReceiptDesk(new ReceiptSetup { Archives = [archive.Folder], Policies = new KnownPolicies() });

        var report = desk.Check(CancellationToken.None);

        Assert.Equal((0, 600), (report.Derived, report.UnknownPolicies.Values.Sum()));
        var fault = Assert.Throws<ArchiveException>(() => desk.Make(new DecisionReference(Rows().First().Row.Decision, Time: null)));
        Assert.Contains("--policies", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_and_a_range_are_kept()
    {
        using var limited = Desk(limit: 10);
        Assert.Equal(10, limited.Check(CancellationToken.None).Derived);

        var middle = Rows().ElementAt(300).Row.Time;
        using var ranged = Desk(from: middle);
        Assert.Equal(Rows().Count(recorded => recorded.Row.Time >= middle), ranged.Check(CancellationToken.None).Derived);
    }

    [Fact]
    public void A_decision_is_found_by_its_id_and_by_its_time_as_well()
    {
        using var desk = Desk();
        var row = Rows().ElementAt(123).Row;

        Assert.Equal(row.Time, desk.Make(new DecisionReference(row.Decision, Time: null)).Row.Time);
        Assert.Equal(row.Decision, desk.Make(new DecisionReference(row.Decision, row.Time)).Row.Decision);
        Assert.Contains("no decision", Assert.Throws<ArchiveException>(() => desk.Make(new DecisionReference(row.Decision, row.Time.AddMilliseconds(1)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_callers_view_holds_nothing_but_verdict_and_grounds()
    {
        var policies = Policies();
        var features = new FeatureVector(FeatureCatalogue.Count);
        foreach (var recorded in Rows().Take(200))
        {
            Assert.True(recorded.Reader.TryRead(recorded.Blob.Span, features));
            var receipt = Receipt.Of(recorded.Row, features, 0, policies.Find(recorded.Row.PolicyHash)!)!;
            var caller = CallerReceipt.Of(receipt);

            Assert.Equal(ContractWords.VerdictOf(recorded.Row.Verdict), caller.Verdict);
            var raising = recorded.Row.Rules.Zip(recorded.Row.Contributions).Where(static rule => rule.Second > 0).ToList();
            Assert.Equal(raising.Count, caller.Grounds.Count);

            // Nothing that is a number, and no text of a rule: those name limits.
            Assert.All(typeof(CallerReceipt).GetProperties(), static property => Assert.False(IsNumber(property.PropertyType), property.Name));
            Assert.All(typeof(CallerGround).GetProperties(), static property => Assert.False(IsNumber(property.PropertyType), property.Name));
        }
    }

    private static bool IsNumber(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(float);

    // Each column that follows, and a row with it changed.
    private static IEnumerable<(string Column, DecisionRow Row)> Changes(DecisionRow row)
    {
        yield return ("policy", row with { Policy = "other" });
        yield return ("verdict", row with { Verdict = row.Verdict == "pass" ? "review" : "pass" });
        yield return ("challenge", row with { Challenge = row.Challenge == "captcha" ? null : "captcha" });
        yield return ("score", row with { Score = row.Score + 1 });
        yield return ("contributions (sum)", row with { Score = row.Score + 1 });
        yield return ("batch_registration", row with { BatchRegistration = row.BatchRegistration + 1 });
        yield return ("bot", row with { Bot = row.Bot - 1 });
        yield return ("account_theft", row with { AccountTheft = row.AccountTheft + 1 });
        yield return ("step_up_exempt", row with { StepUpExempt = !row.StepUpExempt });
        yield return ("at_least", row with { AtLeast = !row.AtLeast });
        yield return ("threshold_shift", row with { ThresholdShift = row.ThresholdShift + 1 });
        yield return ("rules", row with { Rules = [.. row.Rules, "other"] });
        yield return ("contributions", row with { Contributions = [.. row.Contributions.Select(static points => points * 1.000001), 0] });
        yield return ("shadow_rules", row with { ShadowRules = [.. row.ShadowRules, "other"] });
        var models = row.Models!;
        yield return ("model", row with { Models = models with { Model = "0123456789abcdef" } });
        yield return ("shadow_model", row with { Models = models with { ShadowModel = null } });
        yield return ("shadow_score", row with { Models = models with { ShadowScore = models.ShadowScore + 1 } });
        yield return ("p_batch_registration", row with { Models = models with { Probabilities = [models.Probabilities[0] + 1e-12, .. models.Probabilities.Skip(1)] } });
        yield return ("p_bot", row with { Models = models with { Probabilities = [models.Probabilities[0], 0.5, models.Probabilities[2]] } });
        yield return ("p_account_theft", row with { Models = models with { Probabilities = [.. models.Probabilities.Take(2), double.NaN] } });
    }

    private KnownPolicies Policies()
    {
        var known = new KnownPolicies();
        known.AddPath(archive.PolicyPath);
        return known;
    }

    private ReceiptDesk Desk(long limit = long.MaxValue, DateTimeOffset? from = null) =>
        new(new ReceiptSetup { Archives = [archive.Folder], Policies = Policies(), Limit = limit, From = from });

    private List<RecordedDecision> Rows()
    {
        using var engine = new DuckDbEngine(threads: 1, 256L << 20);
        return [.. new ReceiptRows(engine, new ReadOnlyArchives(engine, [archive.Folder])).Read(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)];
    }
}
