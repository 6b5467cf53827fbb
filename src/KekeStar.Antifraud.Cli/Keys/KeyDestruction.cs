using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Keys;

/// <summary><c>antifraud keys destroy</c>.</summary>
internal static class KeyDestruction
{
    /// <summary>Takes the expired epochs out of a file.</summary>
    /// <returns>The exit code.</returns>
    public static int Remove(Terminal terminal, TimeProvider time, string file)
    {
        var entries = KeyRingFile.Read(file);
        var states = KeyStatusView.States(entries, time.GetUtcNow());
        var expired = states.Where(static state => state.Role == KeyEpochRole.Expired).Select(static state => state.Number).ToHashSet();
        if (expired.Count == 0)
        {
            return terminal.Fail(ExitCode.BadInput, $"No epoch is expired. {WhenNext(entries)}");
        }

        KeyRingFile.Replace(file, entries.Where(entry => !expired.Contains(entry.Number)));
        terminal.Output.WriteLine(
            $"Took the key of epoch {string.Join(", ", expired)} out of {file}. Give the file to every instance, and destroy every copy of the old one: backups, snapshots of disks, secret managers.");
        return ExitCode.Answered;
    }

    private static string WhenNext(KeyRingEntry[] entries) =>
        entries.Length > 1
            ? $"Epoch {entries[0].Number} is at {KeyTime.Format(entries[1].Begins!.Value + KeySchedule.RotationDuration)}."
            : $"Epoch {entries[0].Number} is the only one; a rotation ('antifraud keys rotate') puts another in its place.";
}
