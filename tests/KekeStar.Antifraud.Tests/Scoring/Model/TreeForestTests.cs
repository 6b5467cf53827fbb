using CsCheck;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scoring.Model;

[Collection(nameof(AllocationCollection))]
public sealed class TreeForestTests
{
    [Fact]
    public void The_forest_gives_what_walking_the_trees_gives() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var random = new Random(seed);
            var model = TestModels.Make(seed, trees: random.Next(1, 20), leaves: ModelLimits.MaxLeaves);
            var sums = new double[Risks.Count];
            for (var i = 0; i < 20; i++)
            {
                var vector = TestModels.Vector(random);
                var scene = (Scene)random.Next(1, Policy.SceneCount);
                model.Sum(scene, vector, sums);
                for (var risk = 0; risk < Risks.Count; risk++)
                {
                    Assert.Equal(Walk(model, risk, scene, vector), sums[risk]);
                }
            }
        },
        iter: 200,
        threads: 1);

    [Fact]
    public void Evaluating_a_full_model_allocates_nothing()
    {
        var model = TestModels.Make(3, ModelLimits.MaxTrees, ModelLimits.MaxLeaves);
        var vector = TestModels.Vector(new Random(5));
        var probabilities = new double[Risks.Count];
        model.Evaluate(Scene.Login, vector, probabilities);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
        {
            model.Evaluate(Scene.Login, vector, probabilities);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Unknown_is_read_as_the_harmless_end()
    {
        var model = TestModels.Make(11);
        var unknown = new FeatureVector(FeatureCatalogue.Count);
        var harmless = new FeatureVector(FeatureCatalogue.Count);
        foreach (var feature in FeatureCatalogue.All)
        {
            harmless.Set(feature.Index, ModelInputs.Of(feature.Index) == InputDirection.Lowers ? feature.Maximum : 0);
        }

        var (left, right) = (new double[Risks.Count], new double[Risks.Count]);
        model.Evaluate(Scene.Login, unknown, left);
        model.Evaluate(Scene.Login, harmless, right);

        Assert.Equal(right, left);
    }

    private static double Walk(ScoreModel model, int risk, Scene scene, FeatureVector vector)
    {
        var inputs = model.Inputs.Select(input => ModelInputs.Read(input.Number, scene, vector.Values)).ToArray();
        var sum = 0.0;
        foreach (var tree in model.ByRisk[risk].Trees)
        {
            sum += tree.Values[tree.LeafOf(inputs)];
        }

        return sum;
    }
}
