using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>What came of a step.</summary>
/// <param name="Edit">How it ended.</param>
/// <param name="Draft">The draft as it is now; null: the step failed, or the draft is gone.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PolicyStep(PolicyEdit Edit, PolicyDraft? Draft);
