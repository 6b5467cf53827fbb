using KekeStar.Antifraud.Scoring;

namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>What a row says of the models that its policy names.</summary>
internal sealed record RecordedModels
{
    /// <summary>First 16 digits of the model's hash; null: the policy names none.</summary>
    public string? Model { get; init; }

    /// <summary>The probabilities that it gave, by <see cref="Risk"/>; NaN: none.</summary>
    public required IReadOnlyList<double> Probabilities { get; init; }

    /// <summary>First 16 digits of the shadow model's hash; null: the policy names none.</summary>
    public string? ShadowModel { get; init; }

    /// <summary>The score if it stood in the model's place; null: the policy names none.</summary>
    public int? ShadowScore { get; init; }
}
