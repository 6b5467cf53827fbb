using System.Runtime.InteropServices;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Archive.Receipts;

/// <summary>Derives decisions again and counts what comes out.</summary>
/// <param name="policies">The policies at hand.</param>
internal sealed class ReceiptTally(KnownPolicies policies)
{
    private readonly FeatureVector _features = new(FeatureCatalogue.Count);
    private readonly Rederivation _rederivation = new();
    private readonly Dictionary<(string Version, string Hash), long> _unknown = [];
    private readonly Dictionary<string, long> _columns = new(StringComparer.Ordinal);
    private readonly List<ReceiptExample> _examples = [];
    private long _derived;
    private long _identical;
    private long _withModel;
    private long _erased;
    private double _largestSumError;

    /// <summary>Derives one again.</summary>
    public void Add(RecordedDecision recorded)
    {
        var row = recorded.Row;
        if (!recorded.Reader.TryRead(recorded.Blob.Span, _features))
        {
            _erased++;
            return;
        }

        if (policies.Find(row.PolicyHash) is not { } policy)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_unknown, (row.Policy, row.PolicyHash), out _)++;
            return;
        }

        _derived++;
        var differences = _rederivation.Run(row, _features, policy);
        _withModel += _rederivation.Split is { Shares.Count: > 0 } or { Rest: > 0 } ? 1 : 0;
        _largestSumError = Math.Max(_largestSumError, _rederivation.SumError);
        if (differences.Count == 0)
        {
            _identical++;
            return;
        }

        foreach (var column in differences.Select(static difference => difference.Column))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_columns, column, out _)++;
        }

        if (_examples.Count < ArchiveLimits.ReceiptExamples)
        {
            _examples.Add(new ReceiptExample(row.Decision, row.Time, [.. differences]));
        }
    }

    /// <summary>What was counted.</summary>
    public ReceiptReport Report(TimeSpan elapsed) => new()
    {
        Derived = _derived,
        Identical = _identical,
        WithModel = _withModel,
        LargestSumError = _largestSumError,
        Erased = _erased,
        UnknownPolicies = _unknown,
        Columns = _columns,
        Examples = _examples,
        Elapsed = elapsed,
    };
}
