namespace KekeStar.Antifraud.Intake.RiskTools;

/// <summary>The categories together.</summary>
internal static class RiskToolCategories
{
    /// <summary>Every category there is; a test holds it to the members of <see cref="RiskToolCategory"/>.</summary>
    internal const RiskToolCategory All = (RiskToolCategory)(((ulong)RiskToolCategory.Jailbreak << 1) - 1);
}
