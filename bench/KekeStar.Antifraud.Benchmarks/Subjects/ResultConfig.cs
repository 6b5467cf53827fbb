using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Loggers;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>Reports to commit: a table to read and JSON to compare. No job of its own, so that <c>--job short</c> replaces the default one.</summary>
internal sealed class ResultConfig : ManualConfig
{
    public ResultConfig()
    {
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);

        // On a machine that others use too, the shortest iteration is the one that was disturbed least.
        AddColumn(StatisticColumn.Min);
        AddExporter(MarkdownExporter.GitHub, JsonExporter.Brief);
        WithOptions(ConfigOptions.DisableLogFile);
    }
}
