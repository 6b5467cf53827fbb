namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>
/// The key epochs that an event is read under. One for most of the time; two while keys are rotated: then everything is
/// pseudonymised under both, counted in one, and written to one or both.
/// </summary>
/// <remarks>Immutable: an event keeps the set that it was parsed with to its end, whatever the ring says meanwhile.</remarks>
internal sealed class KeySet
{
    /// <summary>Makes a set.</summary>
    /// <param name="current">The epoch that is counted in and written.</param>
    /// <param name="other">The epoch that is coming or going; null: none.</param>
    /// <param name="writesOther">True if the windows of <paramref name="other"/> are written too.</param>
    public KeySet(KeyEpoch current, KeyEpoch? other = null, bool writesOther = false)
    {
        Current = current;
        Other = other;
        WritesOther = writesOther && other is not null;
        All = other is null ? [current] : [current, other];
    }

    /// <summary>The epoch that is counted in; always written.</summary>
    public KeyEpoch Current { get; }

    /// <summary>
    /// The second epoch: one that is filling up beside the current one, or one that is not counted in any more but whose
    /// list entries, device tokens and logs are still to be found. Null: none.
    /// </summary>
    public KeyEpoch? Other { get; }

    /// <summary>True if the windows of <see cref="Other"/> are written too.</summary>
    public bool WritesOther { get; }

    /// <summary>Both, the current one first.</summary>
    public IReadOnlyList<KeyEpoch> All { get; }

    /// <summary>The epoch of a number; null: it is not in the set.</summary>
    public KeyEpoch? Find(byte number) =>
        Current.Number == number ? Current
        : Other is not null && Other.Number == number ? Other
        : null;
}
