using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scoring.Model;

[Collection(nameof(AllocationCollection))]
public sealed class DriftWatchTests
{
    private static readonly Feature Accounts = FeatureCatalogue.Find("device.accounts_1h")!;

    [Fact]
    public void The_index_is_the_symmetric_divergence_of_two_histograms()
    {
        Assert.Equal(0, DriftWatch.Index([0.2, 0.8], [0.2, 0.8]));
        Assert.Equal((0.3 * Math.Log(0.5 / 0.2)) + (-0.3 * Math.Log(0.5 / 0.8)), DriftWatch.Index([0.2, 0.8], [0.5, 0.5]), 1e-12);
        Assert.True(double.IsFinite(DriftWatch.Index([1, 0], [0, 1])));
    }

    [Fact]
    public void Traffic_like_the_training_shows_none_and_other_traffic_its_index()
    {
        // Of the training a quarter had at most 1 account, the half 2 or 3, a quarter more.
        var model = Make();
        var (alike, moved) = (new DriftWatch(), new DriftWatch());
        for (var i = 0; i < 4_000 * DriftWatch.Every; i++)
        {
            var turn = i / DriftWatch.Every;
            Look(alike, model, (turn % 4) + 1);
            Look(moved, model, 9);
        }

        Assert.Equal(4_000, alike.Samples);
        Assert.Equal(0, Assert.Single(alike.Indices()).Index, 1e-9);
        Assert.Equal(("device.accounts_1h", DriftWatch.Index([0.25, 0.5, 0.25], [0, 0, 1])), Assert.Single(moved.Indices()));
    }

    [Fact]
    public void What_is_long_ago_is_forgotten_and_another_model_begins_anew()
    {
        var model = Make();
        var watch = new DriftWatch();
        for (var i = 0; i < DriftWatch.Window * DriftWatch.Every; i++)
        {
            Look(watch, model, 9);
        }

        for (var i = 0; i < DriftWatch.Window * DriftWatch.Every; i++)
        {
            Look(watch, model, (i / DriftWatch.Every % 4) + 1);
        }

        Assert.InRange(watch.Samples, DriftWatch.Window / 2, DriftWatch.Window);
        Assert.Equal(0, Assert.Single(watch.Indices()).Index, 1e-9);

        for (var i = 0; i < DriftWatch.Every; i++)
        {
            Look(watch, Make(), 9);
        }

        Assert.Equal(1, watch.Samples);
    }

    [Fact]
    public void Looking_allocates_nothing()
    {
        var model = Make();
        var watch = new DriftWatch();
        var vector = new FeatureVector(FeatureCatalogue.Count);
        watch.Look(model, Scene.Login, vector);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < DriftWatch.Window * DriftWatch.Every; i++)
        {
            watch.Look(model, Scene.Login, vector);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ScoreModel Make()
    {
        var tree = new ModelTree { Inputs = [], Thresholds = [], Left = [], Right = [], Values = [0], Counts = [1] };
        var risk = new RiskModel(0.1, new CalibrationCurve([0], [0.1]), [tree]);
        return new ScoreModel("drift", new string('0', 64), [new ModelInput(Accounts.Index, [1, 3], [0.25, 0.5, 0.25])], [risk, risk, risk], new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static void Look(DriftWatch watch, ScoreModel model, int accounts)
    {
        var vector = Vector(accounts);
        watch.Look(model, Scene.Login, vector);
    }

    private static FeatureVector Vector(int accounts)
    {
        Shared.Set(Accounts.Index, accounts);
        return Shared;
    }

    private static readonly FeatureVector Shared = new(FeatureCatalogue.Count);
}
