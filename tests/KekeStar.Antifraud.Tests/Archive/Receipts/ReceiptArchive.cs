using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.Tests.Scoring.Model;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Archive.Receipts;

/// <summary>
/// Random decisions under a policy with a live model, caps, reliefs and moved thresholds: on every list, degraded, spared a challenge; decided by the service's
/// code and recorded by its writer. Made once for all tests that only read them.
/// </summary>
public sealed class ReceiptArchive : IAsyncLifetime
{
    private const int Decisions = 600;

    private static readonly KeySet Keys = new(new KeyEpoch(1, new byte[KeyEpoch.MasterKeyLength]));

    private static readonly ListKind[] Lists = [ListKind.Deny, ListKind.Allow, ListKind.Grey];

    internal ArchiveUnderTest Archive { get; } = new();

    /// <summary>The policy that decides: the shipped one with its shadow model as model and as shadow model.</summary>
    internal string PolicyPath => Path.Combine(Archive.Folder, "..", "policy.json");

    internal string Folder => Archive.Folder;

    public Task InitializeAsync()
    {
        var document = TestPolicies.Document();
        document["version"] = "with-model";
        document["model"] = document["shadow_model"]!.DeepClone();
        document["model"]!["points"] = 300;
        document["threshold_jitter"]!["width"] = 20;
        document["rules"]!.AsArray().First(static rule => (string)rule!["id"]! == "tool_root")!["shadow"] = true;
        File.WriteAllText(PolicyPath, document.ToJsonString());
        var policy = TestPolicies.Load(document);
        var random = new Random(1);
        for (var i = 1; i <= Decisions; i++)
        {
            Archive.Clock.Advance(TimeSpan.FromSeconds(random.Next(30)));
            Record(policy, random, i);
        }

        Assert.True(Archive.Writer.Flush());
        Archive.Writer.KeepUp();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await Archive.DisposeAsync();

    /// <summary>Copies the archive with some columns of all rows changed.</summary>
    /// <param name="to">The new folder.</param>
    /// <param name="replace">DuckDB's REPLACE, such as <c>score + 1 AS score</c>.</param>
    internal void CopyWith(string to, string replace)
    {
        using var engine = new DuckDbEngine(threads: 1, 256L << 20);
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, "records"), "*.parquet", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            engine.Execute($$"""
                COPY (SELECT * REPLACE ({{replace}}) FROM {{DuckDbEngine.Read([file])}}) TO {{DuckDbEngine.Quote(copy)}} (
                    FORMAT parquet, KV_METADATA {
                        '{{RecordSchema.FeaturesKey}}': {{DuckDbEngine.Quote(RecordSchema.FeatureNames)}},
                        '{{RecordSchema.SlotsKey}}': {{DuckDbEngine.Quote(RecordSchema.SlotNames)}}
                    })
                """);
        }
    }

    private void Record(Policy policy, Random random, int number)
    {
        var call = ScoringCall.Rent();
        var happened = call.Event;
        happened.Clear();
        happened.Keys = Keys;
        happened.Event = new Pseudonym(unchecked((ulong)number * 0x9E37_79B9_7F4A_7C15), 1);
        happened.Scene = (Scene)random.Next(1, Policy.SceneCount);
        happened.TimeMilliseconds = Archive.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        happened.Entity(EntitySlot.Account) = random.Next(4) == 0 ? default : new Pseudonym((ulong)random.NextInt64(), 1);
        happened.Entity(EntitySlot.IpPrefix) = random.Next(4) == 0 ? default : new Pseudonym((ulong)random.NextInt64(), 1);
        Fill(call.Features, random);
        call.Counts.Clear();
        var list = random.Next(4) == 0 ? Lists[random.Next(Lists.Length)] : ListKind.Unspecified;
        var store = random.Next(5) == 0 ? (StoreStatus)random.Next(1, 7) : StoreStatus.Ok;
        call.Decision.Policy = policy;
        DecisionReplay.Run(happened.Scene, ThresholdJitter.EntityOf(happened), list, store, call.Features, call.Decision);
        call.Decision.Labels.Find(happened, call.Features, call.Counts.Evidence);
        Archive.Queue.Add(call, TimeSpan.FromMicroseconds(100));
        call.Return();
    }

    private static void Fill(FeatureVector features, Random random)
    {
        var made = TestModels.Vector(random, unknown: 0.85 + (0.14 * random.NextDouble()));
        features.Clear();
        for (var index = 0; index < FeatureCatalogue.Count; index++)
        {
            if (!double.IsNaN(made.Values[index]))
            {
                features.Set(index, made.Values[index], atLeast: random.Next(20) == 0);
            }
        }

        if (random.Next(3) == 0)
        {
            features.Set(FeatureCatalogue.Index(SingleFeature.StepUpPassedMinutes), random.Next(60));
        }
    }
}
