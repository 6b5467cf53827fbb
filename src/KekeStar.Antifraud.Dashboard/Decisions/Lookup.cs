using KekeStar.Antifraud.Dashboard.Lists;

namespace KekeStar.Antifraud.Dashboard.Decisions;

/// <summary>What came of an identifier that was typed in.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Ids">First 64 bits of its pseudonym, under each key epoch, the current one first; empty unless done.</param>
internal sealed record Lookup(DeskResult Result, IReadOnlyList<long> Ids);
