using System.Globalization;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>CPU time that a process has used so far, user and kernel.</summary>
internal static class ProcessorTime
{
    // USER_HZ, the unit of /proc/PID/stat; 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Gives the CPU time that all processes together have used on the cores that this one may use, to 10 ms.</summary>
    public static TimeSpan OfCores(IReadOnlyList<int> cores)
    {
        // proc(5), /proc/stat: cpuN user nice system idle iowait irq softirq steal.
        double ticks = 0;
        foreach (string line in File.ReadLines("/proc/stat").Skip(1).TakeWhile(static line => line.StartsWith("cpu", StringComparison.Ordinal)))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cores.Contains(int.Parse(fields[0].AsSpan("cpu".Length), CultureInfo.InvariantCulture)))
            {
                ticks += fields[1..9].Where(static (_, index) => index is not (3 or 4)).Sum(static field => double.Parse(field, CultureInfo.InvariantCulture));
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>Gives this process's CPU time.</summary>
    public static TimeSpan OfThis() => Environment.CpuUsage.TotalTime;

    /// <summary>Gives the CPU time of several processes, added up.</summary>
    public static TimeSpan Of(IEnumerable<int> processes) => processes.Aggregate(TimeSpan.Zero, static (sum, process) => sum + Of(process));

    /// <summary>Gives another process's CPU time, to 10 ms; zero: there is no such process.</summary>
    public static TimeSpan Of(int process)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat");
        if (!File.Exists(path))
        {
            return TimeSpan.Zero;
        }

        // proc(5): fields 14 (utime) and 15 (stime). The name, field 2, may hold blanks and ends at the last ')'.
        string stat = File.ReadAllText(path);
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        double ticks = double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }
}
