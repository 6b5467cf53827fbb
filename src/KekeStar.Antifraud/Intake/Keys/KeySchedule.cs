using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>
/// When each epoch of a ring has which role. Follows from the times at which rotations begin and from nothing else, so
/// every instance acts alike and a restart changes nothing.
/// </summary>
/// <remarks>
/// A rotation that begins at t: until t the new epoch is pending; then it fills for <see cref="FillDuration"/> beside the
/// one before it; then it is the current one, and the one before retires: it is still written for
/// <see cref="SwitchGrace"/>, and expired after another <see cref="RetireDuration"/>.
/// </remarks>
internal sealed class KeySchedule
{
    /// <summary>The longest window and the life of a log after its last record: 7 days, WindowLimits.Retention.</summary>
    /// <remarks>Intake does not know the windows; a test keeps the two equal.</remarks>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);

    /// <summary>
    /// How much longer than it must an epoch is filled: 1 day. Covers clocks that are apart and an instance that comes
    /// to know the epoch late, see <see cref="LatestLoad"/>.
    /// </summary>
    public static readonly TimeSpan FillMargin = TimeSpan.FromDays(1);

    /// <summary>
    /// How long an epoch is written before it is counted in: 17 days. The entities of an event before the beginning are
    /// remembered, for its outcome, for the longest window and the age of the oldest event (8 days); the outcome is then
    /// counted for the longest window, by events that may be as old (8 days more); and <see cref="FillMargin"/>.
    /// </summary>
    public static readonly TimeSpan FillDuration =
        LongestWindow + IntakeLimits.MaxEventAge + LongestWindow + IntakeLimits.MaxEventAge + FillMargin;

    /// <summary>
    /// How long the epoch before is still written after the switch: 10 minutes, as far as clocks may be apart
    /// (<see cref="IntakeLimits.MaxClockSkew"/>). Instances do not switch at the same instant.
    /// </summary>
    public static readonly TimeSpan SwitchGrace = IntakeLimits.MaxClockSkew;

    /// <summary>How long it is remembered which entities an account had: 16 days, WindowLimits.ContextRetention.</summary>
    /// <remarks>Intake does not know the windows; a test keeps the two equal.</remarks>
    public static readonly TimeSpan LongestMemory = TimeSpan.FromDays(16);

    /// <summary>How long what an epoch wrote last takes to expire: 16 days, and an hour for writes that were under way.</summary>
    public static readonly TimeSpan RetireDuration = LongestMemory + TimeSpan.FromHours(1);

    /// <summary>From the beginning of a rotation to the end of the epoch before: 33 days, 1 hour and 10 minutes.</summary>
    public static readonly TimeSpan RotationDuration = FillDuration + SwitchGrace + RetireDuration;

    /// <summary>
    /// How late after its beginning a running instance takes an epoch on: 12 hours, half the margin. What it wrote until
    /// then is missing under the new epoch.
    /// </summary>
    public static readonly TimeSpan LatestLoad = FillMargin / 2;

    private readonly DateTimeOffset?[] _begins;

    /// <summary>Makes a schedule.</summary>
    /// <param name="begins">
    /// When the rotation to each epoch began or begins, in order, at least <see cref="RotationDuration"/> apart; of the
    /// first null if no epoch was before it.
    /// </param>
    public KeySchedule(IEnumerable<DateTimeOffset?> begins) => _begins = [.. begins];

    /// <summary>Number of epochs.</summary>
    public int Count => _begins.Length;

    /// <summary>When the last rotation listed is over, so that another may begin; null: now.</summary>
    public DateTimeOffset? NextBegin => _begins[^1] is { } begins ? begins + RotationDuration : null;

    /// <summary>Role of an epoch at a time.</summary>
    public KeyEpochRole RoleAt(int index, DateTimeOffset now)
    {
        if (index + 1 < Count)
        {
            var next = _begins[index + 1]!.Value;
            if (now >= next + RotationDuration)
            {
                return KeyEpochRole.Expired;
            }

            if (now >= next + FillDuration)
            {
                return KeyEpochRole.Retiring;
            }
        }

        // One before the first there is not, so there is no other to count in.
        return index == 0 || now >= _begins[index] + FillDuration ? KeyEpochRole.Current
            : now >= _begins[index] ? KeyEpochRole.Filling
            : KeyEpochRole.Pending;
    }

    /// <summary>When an epoch took a role or will take it; null: it always had it, or never leaves the one before.</summary>
    public DateTimeOffset? Start(int index, KeyEpochRole role)
    {
        var own = _begins[index];
        var next = index + 1 < Count ? _begins[index + 1] : null;
        return role switch
        {
            KeyEpochRole.Filling => own,
            KeyEpochRole.Current => own + FillDuration,
            KeyEpochRole.Retiring => next + FillDuration,
            KeyEpochRole.Expired => next + RotationDuration,
            _ => null,
        };
    }

    /// <summary>True if an epoch is written at a time.</summary>
    public bool IsWrittenAt(int index, DateTimeOffset now) => RoleAt(index, now) switch
    {
        KeyEpochRole.Filling or KeyEpochRole.Current => true,
        KeyEpochRole.Retiring => now < _begins[index + 1] + FillDuration + SwitchGrace,
        _ => false,
    };

    /// <summary>Every time at which something changes, in order.</summary>
    public IEnumerable<DateTimeOffset> Changes()
    {
        foreach (var begins in _begins.Skip(1))
        {
            yield return begins!.Value;
            yield return begins.Value + FillDuration;
            yield return begins.Value + FillDuration + SwitchGrace;
            yield return begins.Value + RotationDuration;
        }
    }

    /// <summary>
    /// True if the first epoch is a rotation's that has not filled it yet: the one before it, which would be counted in,
    /// is missing.
    /// </summary>
    public bool LacksCurrent(DateTimeOffset now) => _begins[0] is { } begins && now < begins + FillDuration;
}
