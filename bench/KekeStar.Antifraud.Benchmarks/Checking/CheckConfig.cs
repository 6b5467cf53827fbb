using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace KekeStar.Antifraud.Benchmarks.Checking;

/// <summary>
/// The short profile: bytes do not depend on the machine, so three iterations of 100 ms in this very process will do, and the
/// times in its tables are worth nothing.
/// </summary>
internal sealed class CheckConfig : ManualConfig
{
    /// <summary>Makes the profile.</summary>
    public CheckConfig()
    {
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithIterationTime(TimeInterval.FromMilliseconds(100)));
        WithOptions(ConfigOptions.DisableLogFile);
    }

    /// <summary>Arguments that select what has a limit.</summary>
    public static string[] Arguments(IEnumerable<AllocationLimit> limits) =>
        ["--filter", .. limits.SelectMany(static limit => new[] { $"*.{limit.Benchmarks.Name}.{limit.Method}", $"*.{limit.Benchmarks.Name}.{limit.Method}(*" })];
}
