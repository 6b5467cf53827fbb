using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Scoring.Expressions;

/// <summary>
/// The sets of shared signals that suffice for a condition, as a set of bit masks: bit m is set if the signals in m
/// (bit s − 1 for <see cref="SharedSignal"/> s) can make it true with all other signals at rest.
/// </summary>
internal readonly record struct SignalSets(UInt128 Masks)
{
    /// <summary>Holds without any shared signal.</summary>
    public static readonly SignalSets Free = new(1);

    private const int MaskCount = 1 << (Policy.SignalCount - 1);

    /// <summary>Needs one signal.</summary>
    public static SignalSets Of(SharedSignal signal) => signal == SharedSignal.None ? Free : new(UInt128.One << MaskOf(signal));

    /// <summary>Either condition suffices.</summary>
    public static SignalSets Or(SignalSets a, SignalSets b) => new(a.Masks | b.Masks);

    /// <summary>Both conditions are needed.</summary>
    public static SignalSets And(SignalSets a, SignalSets b)
    {
        var masks = UInt128.Zero;
        for (var i = 0; i < MaskCount; i++)
        {
            for (var j = 0; a.Has(i) && j < MaskCount; j++)
            {
                masks |= b.Has(j) ? UInt128.One << (i | j) : UInt128.Zero;
            }
        }

        return new SignalSets(masks);
    }

    /// <summary>The signals each of which suffices alone.</summary>
    public IEnumerable<SharedSignal> Alone()
    {
        for (var signal = SharedSignal.None + 1; (int)signal < Policy.SignalCount; signal++)
        {
            if (Has(MaskOf(signal)))
            {
                yield return signal;
            }
        }
    }

    private static int MaskOf(SharedSignal signal) => 1 << ((int)signal - 1);

    private bool Has(int mask) => (Masks & (UInt128.One << mask)) != UInt128.Zero;
}
