using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Keys;

/// <summary>What an operator does next with a key file.</summary>
internal static class KeyNextSteps
{
    /// <summary>The steps, at least one, the most urgent first.</summary>
    public static IReadOnlyList<string> Of(string file, KeyRingEntry[] entries, KeyEpochState[] states, DateTimeOffset now)
    {
        var steps = new List<string>();
        if (new KeySchedule(entries.Select(static entry => entry.Begins)).LacksCurrent(now))
        {
            steps.Add($"Bring the epoch before epoch {states[0].Number} back: the service does not start without it.");
        }

        steps.AddRange(states.Select(state => Of(file, state)).OfType<string>());
        if (steps.Count == 0)
        {
            steps.Add($"Nothing is due. A rotation can begin: antifraud keys rotate {file}");
        }

        return steps;
    }

    private static string? Of(string file, KeyEpochState state) => state.Role switch
    {
        KeyEpochRole.Expired => $"Destroy the key of epoch {state.Number}, then every copy of it: antifraud keys destroy {file}",
        KeyEpochRole.Retiring => $"Wait: the key of epoch {state.Number} can be destroyed after {KeyTime.Format(state.Until!.Value)}.",
        KeyEpochRole.Filling => $"Wait: epoch {state.Number} is counted in from {KeyTime.Format(state.Until!.Value)}.",
        KeyEpochRole.Pending => $"Give the file to every instance before {KeyTime.Format(state.Until!.Value)}, when epoch {state.Number} begins.",
        _ => null,
    };
}
