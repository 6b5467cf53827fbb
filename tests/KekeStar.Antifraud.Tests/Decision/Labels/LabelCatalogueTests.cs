using Google.Protobuf;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Decision.Labels;

public sealed class LabelCatalogueTests
{
    private static readonly (Label Label, LabelEvidence Evidence)[] Evidence =
        [.. LabelCatalogue.All.ToArray().SelectMany(label => label.Evidence.Select(evidence => (label, evidence)))];

    [Fact]
    public void Names_are_words_and_stand_once()
    {
        Assert.All(LabelCatalogue.All.ToArray(), label => Assert.Matches("^[a-z]+(_[a-z]+)*$", label.Name));
        Assert.Equal(LabelCatalogue.Count, LabelCatalogue.All.ToArray().DistinctBy(label => label.Name, StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_text_stands_in_both_languages() => Assert.All(LabelCatalogue.All.ToArray(), label =>
    {
        Assert.Matches(@"^[\x20-\x7E]+$", label.English + label.Limit);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", label.Chinese);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", label.LimitChinese);
    });

    [Fact]
    public void A_bit_belongs_to_one_label_and_one_consent_category() =>
        Assert.All(Evidence.Where(pair => pair.Evidence.Bit != LabelEvidence.NotKept).GroupBy(pair => pair.Evidence.Bit), bit =>
            Assert.Single(bit.Select(pair => (pair.Label.Name, pair.Evidence.Feature.Consent)).Distinct()));

    [Fact]
    public void A_category_takes_all_bits_of_its_features_and_no_others()
    {
        foreach (var category in Enum.GetValues<ConsentCategory>().Where(category => category != ConsentCategory.Unspecified))
        {
            var expected = Evidence.Where(pair => pair.Evidence.Bit != LabelEvidence.NotKept && pair.Evidence.Feature.Consent == category)
                .Aggregate(0u, (bits, pair) => bits | (1u << pair.Evidence.Bit));
            Assert.Equal(expected, LabelCatalogue.BitsOf(category));
        }
    }

    [Fact]
    public async Task Evidence_that_is_kept_is_known_before_the_store_is_asked()
    {
        await using var pipeline = new PipelineUnderTest(new WhatIfStore());
        var known = 0;
        for (var number = 0; number < 6; number++)
        {
            var request = Actors.Event(Scene.Login, account: 1, device: number, network: number, card: number);
            var whole = await pipeline.FeaturesAsync(request);
            var own = new FeatureVector(FeatureCatalogue.Count);
            FeatureBuilder.BuildOwn(new IntakeUnderTest().Parse(request.ToByteArray()), own);
            foreach (var proof in LabelCatalogue.Kept)
            {
                Assert.Equal(own.Values[proof.Feature], whole[proof.Feature]);
                known += double.IsNaN(whole[proof.Feature]) ? 0 : 1;
            }
        }

        Assert.True(known > 100);
    }

    [Fact]
    public void The_table_that_events_are_held_against_says_what_the_catalogue_says()
    {
        var expected = LabelCatalogue.All.ToArray().SelectMany(static (label, index) => label.Evidence.Select(evidence => new LabelProof(
            evidence.AtLeast, 1UL << index, evidence.Bit == LabelEvidence.NotKept ? 0 : 1u << evidence.Bit, evidence.Feature.Index))).ToArray();

        Assert.Equal(expected, LabelCatalogue.Proofs.ToArray());
        Assert.Equal(expected.Where(static proof => proof.Kept != 0), LabelCatalogue.Kept.ToArray());
    }

    [Fact]
    public void No_evidence_is_proven_by_what_is_missing() =>
        Assert.All(Evidence, pair => Assert.InRange(pair.Evidence.AtLeast, 1, pair.Evidence.Feature.Maximum));
}
