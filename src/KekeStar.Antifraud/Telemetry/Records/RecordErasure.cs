using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>Asks that an account's rows go, or lose what consent was withdrawn for.</summary>
internal sealed class RecordErasure : RecordRequest<RightsResult>
{
    /// <summary>First 64 bits of the account's pseudonym, under any epoch.</summary>
    public required ulong Account { get; init; }

    /// <summary>Decisions about events without an account that are the account's all the same, first 64 bits. Default: none.</summary>
    public IReadOnlyCollection<ulong> Decisions { get; init; } = [];

    /// <summary>
    /// What is taken from the rows where they stay; null: the rows go as a whole. The blobs of features and entities are
    /// emptied in any case: they do not say which signal a value came from.
    /// </summary>
    public WithdrawnDetails? Withdrawn { get; init; }

    /// <inheritdoc/>
    public override void Fail() => Complete(new RightsResult(StoreStatus.Unavailable, 0, 0));
}
