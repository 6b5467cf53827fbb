using System.Globalization;
using System.Text;
using System.Text.Json;
using KekeStar.Antifraud.Load.Commands;
using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Load.Comparing;

/// <summary>Writes the cost of privacy into the results folder: JSON for programs, Markdown for people.</summary>
internal static class PrivacyCostReport
{
    /// <summary>Writes both files and gives the path of the Markdown one.</summary>
    public static string Write(PrivacyCost cost, string directory)
    {
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"privacy-cost-{cost.At.UtcDateTime:yyyyMMdd-HHmmss}"));
        File.WriteAllText(path + ".json", JsonSerializer.Serialize(cost, LoadJson.Options) + "\n");
        File.WriteAllText(path + ".md", Markdown(cost));
        return path + ".md";
    }

    /// <summary>Gives the cost as Markdown.</summary>
    public static string Markdown(PrivacyCost cost)
    {
        var text = new StringBuilder();
        LoadResult[] alone = [.. cost.Repeats.SelectMany(static rounds => rounds).SelectMany(static round => round.Values)];
        LoadResult[] all = [.. alone, .. cost.Together.SelectMany(static set => set.Values)];
        LoadResult any = all[0];
        MachineFacts machine = cost.Machine;
        text.AppendLine("# What sealed identifiers and cleared memory cost").AppendLine();
        Line(text, $"{cost.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {machine.Build}. {machine.Processor}, {machine.Cores} cores shared by generator and services; {machine.MemoryBytes / (1 << 30)} GiB; {machine.System}; {machine.Runtime}; load average before: {machine.LoadBefore:F2}; CPU of others: {PairedRatio.Quantile([.. alone.Select(static result => result.OthersCpuShare)], 0.5):P0} of the machine in the median measurement, {alone.Max(static result => result.OthersCpuShare):P0} in the worst.");
        text.AppendLine();
        Line(text, $"{cost.Repeats.Count} × three fresh services with the embedded store (append-only file on), each warmed up; then rounds ({string.Join(", ", cost.Repeats.Select(static rounds => rounds.Count))}) in which each is measured for {any.Seconds} s, in changing order; {any.Connections} connections × {any.StreamsPerConnection} streams, closed loop. Every service gets the same events, made before the run. Ratios are those of the same round: median (middle half of the rounds). \"Quiet\" takes of each set the half of the rounds in which others used the least CPU time. The last column gives the ratio of CPU time of each set.");
        text.AppendLine();
        text.AppendLine("| service | request bytes | calls/s | ratio of calls/s | quiet | service µs CPU/call | ratio of CPU/call | quiet | generator µs CPU/call | each set |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (string mode in PrivacyMode.All.Select(static mode => mode.Name))
        {
            PairedRatio cpu = cost.ServerCpu[mode];
            Line(text, $"| {mode} | {cost.Median(mode, static result => result.RequestBytes):F0} | {cost.Median(mode, static result => result.RequestsPerSecond):N0} | {Text(cost.Throughput[mode])} | {Text(cost.QuietThroughput[mode])} | {cost.Median(mode, static result => result.ServerCpuMicroseconds):F1} | {Text(cpu)} | {Text(cost.QuietServerCpu[mode])} | {cost.Median(mode, static result => result.GeneratorCpuMicroseconds):F1} | {OfSets(cpu)} |");
        }

        text.AppendLine();
        LoadResult together = cost.Together[0].First().Value;
        Line(text, $"The three services of a set under load at the same time, {together.OfferedPerSecond:N0} calls/s each (open loop) for {together.Seconds} s: what else the machine does meets all three alike, so their CPU times compare best here. All µs and ratios are medians of the sets.");
        text.AppendLine();
        text.AppendLine("| service | service µs CPU/call | above the first | ratio | each set |");
        text.AppendLine("|---|--:|--:|--:|--:|");
        foreach (string mode in PrivacyMode.All.Select(static mode => mode.Name))
        {
            PairedRatio cpu = cost.TogetherServerCpu[mode];
            Line(text, $"| {mode} | {PairedRatio.Quantile([.. cost.Together.Select(set => set[mode].ServerCpuMicroseconds)], 0.5):F1} | {cost.TogetherDifference(mode):F1} | {Text(cpu)} | {OfSets(cpu)} |");
        }

        text.AppendLine();
        Line(text, $"Errors: {all.Sum(static result => result.ErrorCount)}. Degraded answers: {all.Max(static result => result.DegradedShare):P2} at most.");
        return text.ToString();
    }

    private static string Text(PairedRatio ratio)
        => string.Create(CultureInfo.InvariantCulture, $"{ratio.Median:F3} ({ratio.LowerQuartile:F3} to {ratio.UpperQuartile:F3})");

    private static string OfSets(PairedRatio ratio)
        => string.Join(", ", ratio.OfRepeats.Select(static ofSet => ofSet.ToString("F3", CultureInfo.InvariantCulture)));

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
