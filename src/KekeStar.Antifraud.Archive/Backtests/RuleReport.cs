using KekeStar.Antifraud.Archive.Judging;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>How a rule did.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Then">How often it fired then, as a shadow rule included.</param>
/// <param name="Now">How often it fires under the policy that is tried, as a shadow rule included.</param>
/// <param name="ShadowNow">Of these, as a shadow rule.</param>
/// <param name="Precision">Share of fraud in what it fires for now, among decisions whose truth is known.</param>
/// <param name="Recall">Share of all fraud that it fires for now.</param>
internal sealed record RuleReport(string Rule, long Then, long Now, long ShadowNow, Share Precision, Share Recall);
