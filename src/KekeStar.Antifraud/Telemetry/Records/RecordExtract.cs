using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>Asks for an account's rows, for an export.</summary>
internal sealed class RecordExtract : RecordRequest<RecordExtractAnswer>
{
    /// <summary>
    /// Most rows of each kind that are listed: 10,000, the newest; about 2 MB of JSON. The answer says how many there are.
    /// </summary>
    public const int MaxRows = 10_000;

    /// <summary>First 64 bits of the account's pseudonym, under every epoch.</summary>
    public required IReadOnlyCollection<ulong> Accounts { get; init; }

    /// <inheritdoc/>
    public override void Fail() => Complete(new RecordExtractAnswer(StoreStatus.Unavailable, 0, TimeSpan.Zero, []));
}
