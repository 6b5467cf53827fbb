using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Decision.Labels;

/// <summary>One feature that proves a label.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="AtLeast">The value from which on it proves it, in the feature's unit.</param>
/// <param name="Bit">
/// The bit by which the device's own log remembers it, 0 to 31; −1: it is not remembered. Several features of one label and
/// one consent category share a bit. A bit is never given another meaning within the 16 days that a record may lie.
/// </param>
internal sealed record LabelEvidence(Feature Feature, double AtLeast, int Bit)
{
    /// <summary>For evidence that is not remembered.</summary>
    public const int NotKept = -1;
}
