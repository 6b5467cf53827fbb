using Google.Protobuf;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation;

/// <summary>What a service says about an event.</summary>
/// <param name="Verdict">The verdict; unspecified: it is not known yet.</param>
/// <param name="DeviceToken">What the app keeps for the next event; empty: nothing.</param>
internal sealed record Answer(Verdict Verdict, ByteString DeviceToken)
{
    /// <summary>The event was written down and is answered later.</summary>
    internal static Answer Later { get; } = new(Verdict.Unspecified, ByteString.Empty);
}
