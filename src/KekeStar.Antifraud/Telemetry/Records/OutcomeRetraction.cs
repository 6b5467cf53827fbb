using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>Asks that a reported outcome go, because it was wrong.</summary>
internal sealed class OutcomeRetraction : RecordRequest<RightsResult>
{
    /// <summary>First 64 bits of the pseudonym of the event's id.</summary>
    public required ulong Decision { get; init; }

    /// <summary>What did not happen.</summary>
    public required Outcome Outcome { get; init; }

    /// <inheritdoc/>
    public override void Fail() => Complete(new RightsResult(StoreStatus.Unavailable, 0, 0));
}
