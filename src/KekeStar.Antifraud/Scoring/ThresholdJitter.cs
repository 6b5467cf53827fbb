using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring;

/// <summary>
/// How far a policy moves the thresholds of each entity in each scene, so that whoever has searched for the thresholds of some knows
/// those of no other: by a whole number out of −<see cref="Reach"/> … <see cref="Reach"/>, each as likely, always the same for the same
/// entity, epoch of keys and scene. Review, challenge and reject move together.
/// </summary>
/// <param name="Width">
/// 0 … <see cref="PolicyLimits.MaxJitterWidth"/> points; 0, the default: nothing moves. The least mean error that an estimate of the
/// thresholds of an entity not met before can have: of a number spread evenly over a range of length L the best estimate, its middle, is
/// off by L/4 in the mean, and the range is 4 · width long.
/// </param>
/// <remarks>
/// The entity is the account, where the event has none the network prefix. Both are of the category ESSENTIAL, so no refusal moves a
/// threshold; the device would have been dearer to change, but whoever refuses it might have met a lower one. The key is that of the
/// pseudonym, which no reply holds; whoever has the record derives the shift anew. docs/policy.md says what that leaves open.
/// </remarks>
internal readonly record struct ThresholdJitter(int Width)
{
    // Increment and finisher of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014; multipliers of Stafford's variant 13). Pseudonyms
    // are random bits already; it only keeps the scenes apart.
    private const ulong SceneStep = 0x9E37_79B9_7F4A_7C15;
    private const ulong FirstMultiplier = 0xBF58_476D_1CE4_E5B9;
    private const ulong SecondMultiplier = 0x94D0_49BB_1331_11EB;

    /// <summary>The farthest that a threshold moves, points: twice the width.</summary>
    public int Reach => 2 * Width;

    /// <summary>Whose thresholds an event meets.</summary>
    /// <param name="account">First 64 bits of the account's pseudonym; 0: the event has none.</param>
    /// <param name="ipPrefix">First 64 bits of the network prefix's pseudonym; 0: the event has none.</param>
    /// <returns>First 64 bits of the entity's pseudonym; 0: none, and nothing moves.</returns>
    public static ulong EntityOf(ulong account, ulong ipPrefix) => account != 0 ? account : ipPrefix;

    /// <summary>Whose thresholds an event meets.</summary>
    public static ulong EntityOf(ScoreEvent scoreEvent) =>
        EntityOf(scoreEvent.Entity(EntitySlot.Account).High, scoreEvent.Entity(EntitySlot.IpPrefix).High);

    /// <summary>How far an entity's thresholds of a scene are moved; above 0: up, so that it may score higher. Allocates nothing.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="entity">What <see cref="EntityOf(ulong, ulong)"/> gives.</param>
    public int ShiftOf(Scene scene, ulong entity)
    {
        if (Width == 0 || entity == 0)
        {
            return 0;
        }

        // The high half of the product: no value is likelier than another by more than the number of values / 2^64.
        var values = (2 * Reach) + 1;
        return (int)Math.BigMul(Mix(entity + ((ulong)scene * SceneStep)), (ulong)values, out _) - Reach;
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * FirstMultiplier;
        bits = (bits ^ (bits >> 27)) * SecondMultiplier;
        return bits ^ (bits >> 31);
    }
}
