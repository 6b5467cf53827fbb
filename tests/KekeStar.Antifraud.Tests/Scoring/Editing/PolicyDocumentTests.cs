using System.Text;
using System.Text.Json.Nodes;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Tests.Scoring.Editing;

/// <summary>A policy as a document that is changed in parts.</summary>
public sealed class PolicyDocumentTests
{
    private static PolicyDocument Shipped => PolicyDocument.TryParse(Encoding.UTF8.GetString(DefaultPolicy.ReadBytes()))!;

    [Fact]
    public void Looking_at_everything_and_saving_it_changes_nothing()
    {
        var document = Shipped;
        for (var i = 0; i < document.Rules.Count; i++)
        {
            document.SetRule(i, document.Rules[i]);
        }

        foreach (var scene in document.Scenes)
        {
            document.SetThreshold(scene, "reject", document.Threshold(scene, "reject"));
        }

        foreach (var (signal, cap) in document.Caps)
        {
            document.SetCap(signal, cap);
        }

        Assert.Equal(Shipped.Text, document.Text);
        Assert.Equal(TestPolicies.Load(TestPolicies.Document()).Hash, Load(document).Hash);
    }

    [Fact]
    public void A_changed_rule_is_what_the_loader_reads()
    {
        var document = Shipped;
        document.SetRule(3, document.Rules[3] with { Weight = "-5", Scenes = ["LOGIN"], State = RuleState.Shadow, ReasonChinese = "原因" });
        document.SetRule(4, document.Rules[4] with { Scenes = [], State = RuleState.Off });
        var errors = PolicyLoader.Load(Encoding.UTF8.GetBytes(document.Text)).Errors;

        // A negative weight may not rest on what a refusal forfeits; all else is right.
        Assert.All(errors, static error => Assert.Equal("rules[3].when", error.Path));
        Assert.Contains("\"zh\": \"原因\"", document.Text, StringComparison.Ordinal);
        Assert.Equal(RuleState.Shadow, document.Rules[3].State);
        Assert.Equal(RuleState.Off, document.Rules[4].State);
        Assert.Empty(document.Rules[4].Scenes);
    }

    [Fact]
    public void A_rule_is_added_behind_the_others_and_removed()
    {
        var document = Shipped;
        var rule = document.Rules[0] with { Id = "brand_new", State = RuleState.Shadow };
        var at = document.AddRule(rule);

        Assert.Equal(document.Rules.Count - 1, at);
        Assert.Equal((rule.Id, RuleState.Shadow), (document.Rules[at].Id, document.Rules[at].State));
        Assert.True(Load(document).Rules[at].IsShadow);
        document.RemoveRule(at);
        Assert.Equal(Shipped.Text, document.Text);
    }

    [Fact]
    public void A_number_that_is_none_stays_as_it_was_typed_and_the_loader_says_so()
    {
        var document = Shipped;
        document.SetRule(0, document.Rules[0] with { Weight = "a lot" });
        document.SetThreshold("LOGIN", "review", "");

        var errors = PolicyLoader.Load(Encoding.UTF8.GetBytes(document.Text)).Errors;

        Assert.Equal(["scenes.LOGIN.review", "rules[0].weight"], errors.Select(static error => error.Path), StringComparer.Ordinal);
        Assert.Equal("a lot", document.Rules[0].Weight);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"version\": 1, \"version\": 2}")]
    public void What_is_no_object_is_no_document(string text) => Assert.Null(PolicyDocument.TryParse(text));

    [Fact]
    public void A_merge_takes_what_each_side_alone_added_changed_and_removed()
    {
        var begun = Shipped;
        var mine = Shipped;
        var theirs = Shipped;
        mine.AddRule(begun.Rules[0] with { Id = "mine" });
        mine.RemoveRule(1);
        mine.SetThreshold("LOGIN", "reject", "810");
        theirs.AddRule(begun.Rules[0] with { Id = "theirs" });
        theirs.SetRule(2, begun.Rules[2] with { Weight = "7" });
        theirs.SetThreshold("LOGIN", "review", "251");
        var conflicts = new List<string>();

        var merged = PolicyDocument.Merge(begun, mine, theirs, conflicts);

        Assert.Empty(conflicts);
        Assert.Equal(
            [.. begun.Rules.Select(static rule => rule.Id).Where(id => id != begun.Rules[1].Id), "theirs", "mine"],
            merged.Rules.Select(static rule => rule.Id),
            StringComparer.Ordinal);
        Assert.Equal("7", merged.Rules[1].Weight);
        Assert.Equal(("251", "810"), (merged.Threshold("LOGIN", "review"), merged.Threshold("LOGIN", "reject")));
    }

    [Fact]
    public void A_merge_names_a_rule_that_one_side_removed_and_the_other_changed()
    {
        var begun = Shipped;
        var mine = Shipped;
        var theirs = Shipped;
        mine.RemoveRule(1);
        theirs.SetRule(1, begun.Rules[1] with { Weight = "7" });
        var conflicts = new List<string>();

        var merged = PolicyDocument.Merge(begun, mine, theirs, conflicts);

        Assert.Equal([$"rules[{begun.Rules[1].Id}]"], conflicts, StringComparer.Ordinal);
        Assert.DoesNotContain(begun.Rules[1].Id, merged.Rules.Select(static rule => rule.Id), StringComparer.Ordinal);
    }

    private static Policy Load(PolicyDocument document) => TestPolicies.Load(JsonNode.Parse(document.Text)!.AsObject());

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\": ")]
    [InlineData("{\"version\": \"1\", \"version\": \"2\"}")]
    [InlineData("{\"version\": \"\\ud800\"}")]
    [InlineData("{\"rules\": [{\"id\": \"\\udc00\"}]}")]
    public void What_is_no_document_is_none_and_the_loader_says_why(string text)
    {
        Assert.Null(PolicyDocument.TryParse(text));
        Assert.NotEmpty(PolicyLoader.Load(Encoding.UTF8.GetBytes(text)).Errors);
    }

    [Theory]
    [InlineData("{\"rules\": 5, \"scenes\": [], \"signal_caps\": null}")]
    [InlineData("{\"rules\": [null, 5, {\"scenes\": [[]], \"weight\": {}}], \"scenes\": {\"LOGIN\": 5}}")]
    public void A_document_of_odd_shapes_can_be_shown_and_does_not_load(string text)
    {
        var document = PolicyDocument.TryParse(text)!;

        _ = document.Rules;
        _ = document.Caps;
        Assert.All(document.Scenes, scene => Assert.Empty(document.Threshold(scene, "review")));
        Assert.NotEmpty(PolicyLoader.Load(Encoding.UTF8.GetBytes(document.Text)).Errors);
    }
}
