using CsCheck;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Tests.Scoring.Model;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Tests.Decision;

[Collection(nameof(AllocationCollection))]
public sealed class ModelReasonsTests
{
    private static readonly Antifraud.Scoring.Policy Policy = TestModels.In(TestModels.Make(1));

    [Fact]
    public void Reasons_sum_to_the_score_and_name_the_features_that_raised_it_most()
    {
        var explained = 0;
        var passed = 0;
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var decisions = Decide(seed);
                var decision = decisions.Decision;
                var reply = Write(decisions);

                Assert.Equal(reply.Score, reply.Reasons.Sum(static reason => reason.Contribution), 1e-6);
                var own = reply.Reasons.Where(static reason => reason.Rule == "model").ToArray();
                Assert.Equal(decision.Rules.Models.Contribution, own.Sum(static reason => reason.Contribution), 1e-9);
                if (decision.Rules.Models.Contribution == 0)
                {
                    Assert.Empty(own);
                }
                else if (reply.Verdict == Verdict.Pass)
                {
                    Assert.Equal(string.Empty, Assert.Single(own).Feature);
                    passed++;
                }
                else
                {
                    CheckFeatures(decisions, own);
                    explained++;
                }
            },
            iter: 2_000,
            threads: 1);
        Assert.True(explained > 100 && passed > 20, $"{explained} {passed}");
    }

    [Theory]
    [InlineData(ReasonLanguage.English)]
    [InlineData(ReasonLanguage.SimplifiedChinese)]
    [InlineData(ReasonLanguage.Unspecified)]
    public void The_text_is_the_catalogues_in_the_language_asked_for(ReasonLanguage language)
    {
        var decisions = Enumerable.Range(0, 500).Select(Decide)
            .First(static one => one.Decision.Rules.Models.Contribution > 0 && one.Decision.Verdict != Verdict.Pass);
        decisions.Event.ReasonLanguage = language;

        var reason = Write(decisions).Reasons.First(static reason => reason.Rule == "model" && reason.Feature.Length > 0);

        var feature = FeatureCatalogue.Find(reason.Feature)!;
        Assert.Equal(
            language switch { ReasonLanguage.English => feature.Description, ReasonLanguage.SimplifiedChinese => feature.DescriptionZh, _ => "" },
            reason.Text);
        Assert.Equal((uint)feature.WindowSeconds, reason.WindowSeconds);
    }

    [Fact]
    public void Explaining_allocates_nothing()
    {
        var decisions = Enumerable.Range(0, 500).Select(Decide)
            .First(static one => one.Decision.Rules.Models.Contribution > 0 && one.Decision.Verdict != Verdict.Pass);
        var writer = new ProtobufWriter();
        ScoreReplyEncoder.Write(decisions.Event, decisions.Features, decisions.Decision, writer);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            writer.Clear();
            ScoreReplyEncoder.Write(decisions.Event, decisions.Features, decisions.Decision, writer);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void CheckFeatures(Decisions decisions, Reason[] own)
    {
        var model = Policy.Model!.Model;
        var shares = new double[model.Inputs.Count];
        model.Explain(decisions.Decision.Rules.Models.Risk, decisions.Event.Scene, decisions.Features, shares);
        var strongest = model.Inputs
            .Select((input, i) => (input.Number, Share: shares[i]))
            .Where(static one => one.Share > 0 && !ModelInputs.IsScene(one.Number))
            .OrderByDescending(static one => one.Share)
            .Take(ModelReasons.MaxFeatures)
            .Select(static one => ModelInputs.NameOf(one.Number));

        var named = own.Where(static reason => reason.Feature.Length > 0).ToArray();
        Assert.Equal(strongest, named.Select(static reason => reason.Feature), StringComparer.Ordinal);
        Assert.All(named, static reason => Assert.True(reason.Contribution > 0));
        Assert.All(named, reason =>
        {
            var value = decisions.Features.Values[FeatureCatalogue.Find(reason.Feature)!.Index];
            Assert.Equal(double.IsNaN(value) ? 0 : value, reason.Value);
        });
        Assert.InRange(own.Length - named.Length, 0, 1);
    }

    private static Decisions Decide(int seed)
    {
        var decisions = new Decisions(Scene.Login);
        var vector = TestModels.Vector(new Random(seed), unknown: 0.93);
        for (var i = 0; i < FeatureCatalogue.Count; i++)
        {
            decisions.Features.Set(i, vector.Values[i]);
        }

        decisions.Decision.Policy = Policy;
        Policy.Evaluate(Scene.Login, decisions.Features, decisions.Decision.Rules);
        decisions.DecideAsEvaluated(StoreStatus.Ok);
        return decisions;
    }

    private static ScoreReply Write(Decisions decisions)
    {
        var writer = new ProtobufWriter();
        ScoreReplyEncoder.Write(decisions.Event, decisions.Features, decisions.Decision, writer);
        return ScoreReply.Parser.ParseFrom(writer.Written.ToArray());
    }
}
