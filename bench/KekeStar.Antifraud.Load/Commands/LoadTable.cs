using System.Globalization;
using KekeStar.Antifraud.Load.Measuring;
using Spectre.Console;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>Results as a table for the terminal.</summary>
internal static class LoadTable
{
    /// <summary>Makes a table with a row for each result.</summary>
    public static Table Of(IEnumerable<(string Name, LoadResult Result)> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("what");
        foreach (string column in (ReadOnlySpan<string>)["events/s", "p50 ms", "p99 ms", "p99.9 ms", "errors", "degraded", "generator µs/event", "server µs/event", "garbage B/event", "MiB", "CPU of others"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach ((string name, LoadResult result) in rows)
        {
            table.AddRow([.. Cells(name, result).Select(static cell => new Text(cell))]);
        }

        return table;
    }

    private static string[] Cells(string name, LoadResult result) =>
    [
        name,
        Text($"{result.RequestsPerSecond:N0}"),
        Text($"{result.P50Ms:F2}"),
        Text($"{result.P99Ms:F2}"),
        Text($"{result.P999Ms:F2}"),
        result.ErrorCount == 0 ? "0" : string.Join(", ", result.Errors.Select(static error => Text($"{error.Value} {error.Key}"))),
        Text($"{result.DegradedShare:P2}"),
        Text($"{result.GeneratorCpuMicroseconds:F1}"),
        result.ServerCpuMicroseconds > 0 ? Text($"{result.ServerCpuMicroseconds:F1}") : "-",
        result.ServerGarbageBytes > 0 ? Text($"{result.ServerGarbageBytes:N0}") : "-",
        result.ServerResidentBytes > 0 ? Text($"{result.ServerResidentBytes >> 20:N0}") : "-",
        Text($"{result.OthersCpuShare:P0}"),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
