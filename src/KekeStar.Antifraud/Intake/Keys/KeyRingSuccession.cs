using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>Which ring may follow which while the service runs: one that cuts no window and mixes no keys.</summary>
internal static class KeyRingSuccession
{
    /// <summary>Says what stands against a change.</summary>
    /// <returns>What is wrong and what to do; null: nothing is.</returns>
    public static string? Fault(KeyRingPlan before, KeyRingPlan after, DateTimeOffset now)
    {
        var old = before.StatesAt(now);
        var next = after.StatesAt(now);
        return ChangedKey(before, after)
            ?? old.Select(epoch => Lost(epoch, next)).FirstOrDefault(static fault => fault is not null)
            ?? next.Select(epoch => Misplaced(epoch, old, now)).FirstOrDefault(static fault => fault is not null);
    }

    private static string? ChangedKey(KeyRingPlan before, KeyRingPlan after)
    {
        foreach (var epoch in after.Epochs)
        {
            if (before.Epochs.Any(held => held.Number == epoch.Number && held != epoch))
            {
                return $"epoch {epoch.Number} has another key or algorithm than before. Bring the one before back; a new key is a new epoch ('antifraud keys rotate').";
            }
        }

        return null;
    }

    // A pending epoch has written nothing: a rotation can be called off until it begins.
    private static string? Lost(KeyEpochState old, IReadOnlyList<KeyEpochState> next) =>
        old.Role is KeyEpochRole.Expired or KeyEpochRole.Pending || next.Any(epoch => epoch.Number == old.Number)
            ? null
            : $"epoch {old.Number} is missing, and it is not expired{(old.Until is { } until ? $" ({Text(old.Role)} until {KeyTime.Format(until)})" : "")}. Bring it back.";

    private static string? Misplaced(KeyEpochState epoch, IReadOnlyList<KeyEpochState> old, DateTimeOffset now)
    {
        if (old.FirstOrDefault(held => held.Number == epoch.Number) is { } held)
        {
            return held.Role != epoch.Role && held.Role == KeyEpochRole.Pending
                ? $"epoch {epoch.Number} would be {Text(epoch.Role)} at once. Give it a \"begins\" in the future, the same on every instance."
                : held.Role == epoch.Role && (held.Role == KeyEpochRole.Pending || held.Since == epoch.Since)
                ? null
                : $"the times of epoch {epoch.Number}, which is {Text(held.Role)}, have changed: its \"begins\" or that of the epoch behind it. Once a rotation has begun its time stays; bring it back.";
        }

        return epoch.Role switch
        {
            KeyEpochRole.Pending => null,
            KeyEpochRole.Filling when now - epoch.Since!.Value <= KeySchedule.LatestLoad => null,
            _ => $"epoch {epoch.Number} is new and its \"begins\" is too long past: events since then were not written under it. Give it a later one, the same on every instance.",
        };
    }

    private static string Text(KeyEpochRole role) => role.ToString().ToLowerInvariant();
}
