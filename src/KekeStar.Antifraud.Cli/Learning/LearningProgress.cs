using System.Diagnostics;
using System.Globalization;

namespace KekeStar.Antifraud.Cli.Learning;

/// <summary>Tells how far learning is: a line for each step, with the time since it began and the memory it holds, on a terminal and in a log alike.</summary>
/// <param name="output">Takes the lines; answers go elsewhere.</param>
internal sealed class LearningProgress(TextWriter output)
{
    private const double Mebibyte = 1024 * 1024;

    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Tells of a step.</summary>
    public void Tell(string step) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"antifraud: {Stopwatch.GetElapsedTime(_started).TotalSeconds,7:0.0} s {Environment.WorkingSet / Mebibyte,7:0} MiB  {step}"));
}
