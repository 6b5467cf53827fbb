using System.Globalization;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>Memory of processes that is in RAM.</summary>
internal static class ResidentMemory
{
    /// <summary>Gives that of several processes, added up, in bytes; a process that is gone has none.</summary>
    public static long Of(IEnumerable<int> processes) => processes.Sum(Of);

    private static long Of(int process)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status");
        if (!File.Exists(path))
        {
            return 0;
        }

        // proc(5): "VmRSS:     123456 kB", where kB are 1,024 bytes.
        string? line = File.ReadLines(path).FirstOrDefault(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return line is null ? 0 : 1024 * long.Parse(line["VmRSS:".Length..^"kB".Length], CultureInfo.InvariantCulture);
    }
}
