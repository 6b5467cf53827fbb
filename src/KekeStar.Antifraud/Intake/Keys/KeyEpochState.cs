using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>Role of an epoch at a time.</summary>
/// <param name="Number">Number of the epoch.</param>
/// <param name="Algorithm">What its pseudonyms are made with.</param>
/// <param name="Role">Its role.</param>
/// <param name="Since">When it took the role; null: it always had it.</param>
/// <param name="Until">When it takes its next role; null: it keeps this one until a rotation is planned.</param>
internal sealed record KeyEpochState(byte Number, KeyAlgorithm Algorithm, KeyEpochRole Role, DateTimeOffset? Since, DateTimeOffset? Until)
{
    /// <summary>State of an epoch of a schedule.</summary>
    public static KeyEpochState Of(KeySchedule schedule, int index, byte number, KeyAlgorithm algorithm, DateTimeOffset now)
    {
        var role = schedule.RoleAt(index, now);
        return new KeyEpochState(
            number, algorithm, role, schedule.Start(index, role), role == KeyEpochRole.Expired ? null : schedule.Start(index, role + 1));
    }
}
