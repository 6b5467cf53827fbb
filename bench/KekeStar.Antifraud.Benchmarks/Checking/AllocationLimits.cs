namespace KekeStar.Antifraud.Benchmarks.Checking;

/// <summary>
/// The allocation limits of the hot path: all of them, in one place. They are held against the results of every run of the
/// benchmarks in question (<see cref="AllocationCheck"/>), never in a timed unit test.
/// </summary>
internal static class AllocationLimits
{
    private const string Step =
        "a step of the hot path allocates nothing: look for LINQ, closures, boxing, strings, params arrays and async methods that wait in what you changed";

    private const string Whole =
        "find the step with its own benchmark; where none allocates it is the store or what runs beside, such as trimming: look at what is asked of them and how often";

    /// <summary>
    /// What threads beside the benchmark may add to one operation: the runtime counts for the whole process. An allocation of
    /// every operation cannot hide in it: no object has less than 24 bytes.
    /// </summary>
    public const long BackgroundBytes = 8;

    /// <summary>All limits.</summary>
    public static IReadOnlyList<AllocationLimit> All { get; } =
    [
        new(typeof(PseudonymBenchmarks), nameof(PseudonymBenchmarks.AsShipped), 0, Step),
        new(typeof(ParseBenchmarks), nameof(ParseBenchmarks.ScoreRequestParser), 0, Step),
        new(typeof(SealingBenchmarks), nameof(SealingBenchmarks.ParseSealed), 0, Step),
        new(typeof(IdentityBenchmarks), nameof(IdentityBenchmarks.ByIdentifiers), 0, Step),
        new(typeof(IdentityBenchmarks), nameof(IdentityBenchmarks.ByToken), 0, Step),
        new(typeof(IdentityBenchmarks), nameof(IdentityBenchmarks.ByForgedToken), 0, Step),
        new(typeof(LinkBenchmarks), nameof(LinkBenchmarks.LinkAlone), 0, Step),
        new(typeof(WindowCountBenchmarks), nameof(WindowCountBenchmarks.WindowCounter), 0, Step),
        new(typeof(CohortBenchmarks), nameof(CohortBenchmarks.CountAndCompareFourLogs), 0, Step),
        new(typeof(FeatureBenchmarks), nameof(FeatureBenchmarks.FeatureBuilder), 0, Step),
        new(typeof(PolicyBenchmarks), nameof(PolicyBenchmarks.PolicyEvaluate), 0, Step),
        new(typeof(ModelBenchmarks), nameof(ModelBenchmarks.Evaluate), 0, Step),
        new(typeof(ModelBenchmarks), nameof(ModelBenchmarks.EvaluateShippedModel), 0, Step),
        new(typeof(FeaturesAndPolicyBenchmarks), nameof(FeaturesAndPolicyBenchmarks.Together), 0, Step),
        new(typeof(DecisionBenchmarks), nameof(DecisionBenchmarks.LabelsAndDecision), 0, Step),
        new(typeof(ReplyBenchmarks), nameof(ReplyBenchmarks.Encoder), 0, Step),

        new(typeof(LinkBenchmarks), nameof(LinkBenchmarks.RoundTrip), 0, Step),

        // 86 to 1,307 bytes were measured, by how far the requests' logs have grown; all of it is the store's and what trims beside
        // it. The project's goal is 256: lower this when it is met.
        new(typeof(WholeRequestBenchmarks), nameof(WholeRequestBenchmarks.EmbeddedInMemory), 1_536, Whole),
    ];
}
