namespace KekeStar.Antifraud.Benchmarks.Comparing;

/// <summary>What to compare.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>The short set: each step once, and the whole request.</summary>
    public static readonly IReadOnlyList<string> DefaultFilters =
    [
        "*.ParseBenchmarks.ScoreRequestParser*",
        "*.IdentityBenchmarks.By*",
        "*.LinkBenchmarks.RoundTrip*",
        "*.WindowCountBenchmarks.WindowCounter*",
        "*.FeatureBenchmarks.FeatureBuilder*",
        "*.PolicyBenchmarks.PolicyEvaluate*",
        "*.DecisionBenchmarks.LabelsAndDecision*",
        "*.ReplyBenchmarks.Encoder*",
        "*.WholeRequestBenchmarks.EmbeddedInMemory*",
    ];

    /// <summary>A folder of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The commit that is compared with.</summary>
    public required string Base { get; init; }

    /// <summary>The commit that is judged.</summary>
    public required string Head { get; init; }

    /// <summary>BenchmarkDotNet's filters.</summary>
    public required IReadOnlyList<string> Filters { get; init; }

    /// <summary>Number of rounds; each measures both.</summary>
    public required int Rounds { get; init; }

    /// <summary>HEAD ÷ BASE up to which HEAD is not called slower.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Seconds of load on either service in each round; 0: the services are not compared.</summary>
    public required int LoadSeconds { get; init; }
}
