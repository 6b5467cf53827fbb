namespace KekeStar.Antifraud.Archive.Receipts;

/// <summary>How many decisions follow from their records.</summary>
internal sealed record ReceiptReport
{
    /// <summary>Decisions that were derived again.</summary>
    public required long Derived { get; init; }

    /// <summary>Of these, those that came out as recorded, in all that follows.</summary>
    public required long Identical { get; init; }

    /// <summary>Of those derived again, the ones to which a model had added something.</summary>
    public required long WithModel { get; init; }

    /// <summary>The largest difference between recorded contributions and recorded score, or a model's shares and what it added.</summary>
    public required double LargestSumError { get; init; }

    /// <summary>Decisions that were not derived again because rights emptied their features.</summary>
    public required long Erased { get; init; }

    /// <summary>Decisions that were not derived again because their policy is not at hand, by version and first digits of its hash.</summary>
    public required IReadOnlyDictionary<(string Version, string Hash), long> UnknownPolicies { get; init; }

    /// <summary>By column of what differs, how many decisions.</summary>
    public required IReadOnlyDictionary<string, long> Columns { get; init; }

    /// <summary>Decisions that are not identical, the first ones.</summary>
    public required IReadOnlyList<ReceiptExample> Examples { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}

/// <summary>A decision that is not identical.</summary>
/// <param name="Decision">First 64 bits of the pseudonym of its event's id.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Differences">What differs.</param>
internal sealed record ReceiptExample(long Decision, DateTimeOffset Time, IReadOnlyList<ReceiptDifference> Differences);
