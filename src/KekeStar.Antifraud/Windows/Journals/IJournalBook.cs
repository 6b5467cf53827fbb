namespace KekeStar.Antifraud.Windows.Journals;

/// <summary>
/// What a <see cref="StoreJournal"/> keeps equal to the store. Two implementations: <c>Scoring.Lists.ListBook</c> and
/// <c>Rights.Consents.ConsentLines</c>.
/// </summary>
internal interface IJournalBook
{
    /// <summary>Number of entries in memory, expired ones included until the journal is next rewritten.</summary>
    int Count { get; }

    /// <summary>Carries out one line of <see cref="StoreJournal.LineLength"/> bytes; the second byte is never 0.</summary>
    void Apply(ReadOnlySpan<byte> line);

    /// <summary>Forgets everything and carries out whole lines; readers see either state, nothing between.</summary>
    void ReplaceAll(ReadOnlySpan<byte> lines);

    /// <summary>Number of lines that <see cref="WriteHolding"/> would give.</summary>
    int CountHolding();

    /// <summary>The lines that hold now, one after the other.</summary>
    byte[] WriteHolding();
}
