using System.Numerics;
using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Scoring.Expressions;

/// <summary>
/// The sets of shared signals that suffice for a condition, as a set of bit masks: bit m is set if the signals in m
/// (bit s − 1 for <see cref="SharedSignal"/> s) can make it true with all other signals at rest.
/// </summary>
internal readonly record struct SignalSets(uint Masks)
{
    /// <summary>Holds without any shared signal.</summary>
    public static readonly SignalSets Free = new(1);

    /// <summary>Needs one signal.</summary>
    public static SignalSets Of(SharedSignal signal) => signal == SharedSignal.None ? Free : new(1u << (1 << ((int)signal - 1)));

    /// <summary>Either condition suffices.</summary>
    public static SignalSets Or(SignalSets a, SignalSets b) => new(a.Masks | b.Masks);

    /// <summary>Both conditions are needed.</summary>
    public static SignalSets And(SignalSets a, SignalSets b)
    {
        var masks = 0u;
        for (var i = 0; i < 32; i++)
        {
            for (var j = 0; j < 32; j++)
            {
                if ((a.Masks & (1u << i)) != 0 && (b.Masks & (1u << j)) != 0)
                {
                    masks |= 1u << (i | j);
                }
            }
        }

        return new SignalSets(masks);
    }

    /// <summary>The signals each of which suffices alone.</summary>
    public IEnumerable<SharedSignal> Alone()
    {
        for (var mask = 1; mask < 32; mask++)
        {
            if ((Masks & (1u << mask)) != 0 && BitOperations.IsPow2(mask))
            {
                yield return (SharedSignal)(BitOperations.Log2((uint)mask) + 1);
            }
        }
    }
}
