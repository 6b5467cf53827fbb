namespace KekeStar.Antifraud.Decision.Labels;

/// <summary>One label of the catalogue.</summary>
/// <param name="Name">Its name in replies; stable for ever.</param>
/// <param name="Scope">What it speaks of.</param>
/// <param name="English">What it says, in English.</param>
/// <param name="Chinese">What it says, in Simplified Chinese.</param>
/// <param name="Limit">What cannot be proved without a program of our own on the device, in English.</param>
/// <param name="LimitChinese">The same in Simplified Chinese.</param>
/// <param name="Shumei">The nearest names of ishumei's public documents; empty: none.</param>
/// <param name="Tencent">The nearest numbers of Tencent Cloud's public documents; empty: none.</param>
/// <param name="Evidence">What proves it: any of these.</param>
internal sealed record Label(
    string Name,
    LabelScope Scope,
    string English,
    string Chinese,
    string Limit,
    string LimitChinese,
    string Shumei,
    string Tencent,
    IReadOnlyList<LabelEvidence> Evidence)
{
    /// <summary>The bits by which the device's own log remembers its evidence; 0: it is only ever current.</summary>
    public uint KeptBits { get; } =
        Evidence.Aggregate(0u, static (bits, evidence) => evidence.Bit == LabelEvidence.NotKept ? bits : bits | (1u << evidence.Bit));
}
