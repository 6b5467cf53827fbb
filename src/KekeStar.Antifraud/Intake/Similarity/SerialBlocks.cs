namespace KekeStar.Antifraud.Intake.Similarity;

/// <summary>
/// The blocks of neighbouring serial numbers that a device lies in: phones bought by the carton have IMEIs and serial numbers in a
/// row. Of two IMEIs the first one counts.
/// </summary>
internal static class SerialBlocks
{
    /// <summary>Last characters that a block leaves open: 3, so a block has 1,000 IMEIs; a carton holds 10 to 100 phones.</summary>
    public const int OpenCharacters = 3;

    /// <summary>
    /// Shortest serial number that has a block: 8 characters. Of a shorter one too little is left to tell makers apart.
    /// </summary>
    public const int MinLength = 8;

    /// <summary>Empties the block of an identifier.</summary>
    /// <param name="slot">The identifier; nothing happens if it has no block.</param>
    /// <param name="target">The event.</param>
    public static void Forget(int slot, ScoreEvent target)
    {
        if (Of(slot) is var block and >= 0)
        {
            target.Forget(block);
        }
    }

    /// <summary>Puts the block of an identifier into its slot.</summary>
    /// <param name="slot">The identifier; nothing happens if it has no block.</param>
    /// <param name="normalised">Its normalised value.</param>
    /// <param name="target">The event.</param>
    public static void Keep(int slot, ReadOnlySpan<byte> normalised, ScoreEvent target)
    {
        if (Of(slot) is var block and >= 0 && normalised.Length >= MinLength)
        {
            target.Pseudonymise(block, normalised[..^OpenCharacters]);
        }
    }

    private static int Of(int slot) => slot switch
    {
        EntitySlot.Imei => EntitySlot.ImeiBlock,
        EntitySlot.Serial => EntitySlot.SerialBlock,
        _ => -1,
    };
}
