using System.Globalization;
using System.Text;
using System.Text.Json;
using KekeStar.Antifraud.Load.Commands;
using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Load.Comparing;

/// <summary>Writes a comparison into the results folder: JSON for programs, Markdown for people.</summary>
internal static class ComparisonReport
{
    /// <summary>Writes both files and gives the path of the Markdown one.</summary>
    public static string Write(Comparison comparison, string directory)
    {
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"score-share-of-echo-{comparison.At.UtcDateTime:yyyyMMdd-HHmmss}"));
        File.WriteAllText(path + ".json", JsonSerializer.Serialize(comparison, LoadJson.Options) + "\n");
        File.WriteAllText(path + ".md", Markdown(comparison));
        return path + ".md";
    }

    /// <summary>Gives the comparison as Markdown.</summary>
    public static string Markdown(Comparison comparison)
    {
        var text = new StringBuilder();
        LoadResult any = comparison.Rounds[0].First().Value;
        MachineFacts machine = comparison.Machine;
        text.AppendLine("# Unary Score as a share of a bare gRPC echo").AppendLine();
        Line(text, $"{comparison.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {machine.Build}. {machine.Processor}, {machine.Cores} cores shared by generator, server and store; {machine.MemoryBytes / (1 << 30)} GiB; {machine.System}; {machine.Runtime}; load average before: {machine.LoadBefore:F2}.");
        text.AppendLine();
        string loop = any.OfferedPerSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $"open loop, {any.OfferedPerSecond:N0} calls/s offered") : "closed loop";
        Line(text, $"{comparison.Rounds.Count} rounds, each of {string.Join(" → ", comparison.Rounds[0].Keys)}, every server fresh; {any.Seconds} s measured after the warm-up; {any.Connections} connections × {any.StreamsPerConnection} streams, {loop}; {any.RequestBytes}-byte requests. Rows are the median round; the share is the median of the rounds' own shares (lowest to highest).");
        text.AppendLine();
        text.AppendLine("| what | calls/s | share of echo | p50 ms | p99 ms | p99.9 ms | errors | degraded | generator µs CPU/call | server µs CPU/call | CPU of others |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach ((string name, Ratio ratio) in comparison.Ratios)
        {
            LoadResult result = comparison.MedianRound(name);
            Line(text, $"| {name} | {result.RequestsPerSecond:N0} | {ratio.Median:P1} ({ratio.Lowest:P1} to {ratio.Highest:P1}) | {result.P50Ms:F2} | {result.P99Ms:F2} | {result.P999Ms:F2} | {comparison.Rounds.Sum(round => round[name].ErrorCount)} | {result.DegradedShare:P2} | {result.GeneratorCpuMicroseconds:F1} | {result.ServerCpuMicroseconds:F1} | {comparison.Rounds.Max(round => round[name].OthersCpuShare):P0} |");
        }

        text.AppendLine();
        text.AppendLine("Errors are those of all rounds, warm-up included. The server's CPU time includes its store. CPU of others: share of the machine that foreign processes used in the worst round; above about 5 % measure again.");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
