using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Cli.Keys;

/// <summary><c>antifraud keys rotate</c>.</summary>
internal static class KeyRotation
{
    // Time to bring the file to every instance, and for each to read it.
    private static readonly TimeSpan Notice = TimeSpan.FromMinutes(10);

    /// <summary>Adds the next epoch to a file.</summary>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="file">The key file.</param>
    /// <param name="begins">When the rotation begins; null: after the notice.</param>
    /// <param name="algorithm">What its pseudonyms are made with; null: as those of the last epoch.</param>
    /// <returns>The exit code.</returns>
    public static int Add(Terminal terminal, TimeProvider time, string file, string? begins, KeyAlgorithm? algorithm)
    {
        var entries = KeyRingFile.Read(file);
        var now = time.GetUtcNow();
        var start = now + Notice;
        if (begins is not null && !KeyTime.TryParse(begins, out start))
        {
            return terminal.Fail(ExitCode.BadInput, $"--begins is no time of the form {KeyTime.Example}.");
        }

        if (start < now)
        {
            return terminal.Fail(ExitCode.BadInput, "--begins is past. Every instance needs the file before the rotation begins.");
        }

        var last = entries[^1];
        if (new KeySchedule(entries.Select(static entry => entry.Begins)).NextBegin is { } earliest && start < earliest)
        {
            return terminal.Fail(
                ExitCode.BadInput,
                $"The rotation to epoch {last.Number} is over at {KeyTime.Format(earliest)}; the next can begin then. To plan it now: --begins {KeyTime.Format(earliest)}.");
        }

        if (FreeNumber(entries, last.Number) is not { } number)
        {
            return terminal.Fail(ExitCode.BadInput, "Every number of 1 to 255 is taken. Take expired epochs out first: antifraud keys destroy.");
        }

        using var added = KeyRingEntry.Random(number, algorithm ?? last.Algorithm, start);
        KeyRingFile.Replace(file, [.. entries, added]);
        terminal.Output.WriteLine($"Added epoch {number} ({KeyAlgorithmName.Of(added.Algorithm)}) to {file}.");
        terminal.Output.WriteLine($"  before {KeyTime.Format(start)}  give the file to every instance");
        terminal.Output.WriteLine($"  from   {KeyTime.Format(start)}  epoch {number} is written beside epoch {last.Number}");
        terminal.Output.WriteLine($"  from   {KeyTime.Format(start + KeySchedule.FillDuration)}  epoch {number} is counted in");
        terminal.Output.WriteLine($"  after  {KeyTime.Format(start + KeySchedule.RotationDuration)}  destroy the key of epoch {last.Number}: antifraud keys destroy {file}");
        return ExitCode.Answered;
    }

    // Numbers come round after 255, 23 years at the least: the first of them are long expired.
    private static byte? FreeNumber(KeyRingEntry[] entries, byte last)
    {
        for (var step = 1; step <= byte.MaxValue; step++)
        {
            var number = (byte)(((last - 1 + step) % byte.MaxValue) + 1);
            if (!entries.Any(entry => entry.Number == number))
            {
                return number;
            }
        }

        return null;
    }
}
