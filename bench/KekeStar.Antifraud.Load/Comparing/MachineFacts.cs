using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Reporting;

namespace KekeStar.Antifraud.Load.Comparing;

/// <summary>Where a comparison ran: without it no figure means anything.</summary>
/// <param name="Processor">Model name.</param>
/// <param name="Cores">Cores that the processes share.</param>
/// <param name="MemoryBytes">Memory of the machine, or of the container.</param>
/// <param name="System">Operating system and kernel.</param>
/// <param name="Runtime">.NET version.</param>
/// <param name="LoadBefore">Load average over a minute before the first round: above about 0.3 the machine was not quiet.</param>
/// <param name="Build">Version and commit of this program.</param>
internal sealed record MachineFacts(string Processor, int Cores, long MemoryBytes, string System, string Runtime, double LoadBefore, string Build)
{
    /// <summary>Reads the facts.</summary>
    public static MachineFacts Read() => new(
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? "unknown",
        CorePinning.Allowed().Count,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture),
        typeof(MachineFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    /// <summary>Gives the facts for a report.</summary>
    public IReadOnlyList<ReportFact> Facts() =>
    [
        new("processor", Processor),
        new("cores shared by generator, service and store", Cores.ToString(CultureInfo.InvariantCulture)),
        new("memory", string.Create(CultureInfo.InvariantCulture, $"{MemoryBytes / (double)(1 << 30):F1} GiB")),
        new("system", System),
        new("runtime", Runtime),
        new("version and commit", Build),
        new("load average before", LoadBefore.ToString("F2", CultureInfo.InvariantCulture)),
    ];
}
