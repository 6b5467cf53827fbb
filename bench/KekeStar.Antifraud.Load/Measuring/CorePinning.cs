using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>
/// The cores that this program and all that it starts share: sched_setaffinity(2), Linux. A process inherits them from
/// the thread that starts it, and a thread from the one that starts it.
/// </summary>
internal static partial class CorePinning
{
    // A mask of 1,024 cores, glibc's cpu_set_t.
    private const int MaskWords = 16;

    /// <summary>Keeps all threads of this process to the first of the cores that they may use now.</summary>
    /// <param name="count">How many cores; where there are no more than that, nothing changes.</param>
    public static void Pin(int count)
    {
        IReadOnlyList<int> allowed = Allowed();
        if (allowed.Count <= count)
        {
            return;
        }

        Span<ulong> mask = stackalloc ulong[MaskWords];
        foreach (int core in allowed.Take(count))
        {
            mask[core / 64] |= 1UL << (core % 64);
        }

        foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            _ = SetAffinity(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), MaskWords * sizeof(ulong), mask);
        }
    }

    /// <summary>Gives the cores that the calling thread may use, by their number in /proc/stat.</summary>
    public static IReadOnlyList<int> Allowed()
    {
        Span<ulong> mask = stackalloc ulong[MaskWords];
        if (GetAffinity(0, MaskWords * sizeof(ulong), mask) < 0)
        {
            return [.. Enumerable.Range(0, Environment.ProcessorCount)];
        }

        var cores = new List<int>();
        for (int word = 0; word < MaskWords; word++)
        {
            for (ulong rest = mask[word]; rest != 0; rest &= rest - 1)
            {
                cores.Add((word * 64) + BitOperations.TrailingZeroCount(rest));
            }
        }

        return cores;
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAffinity(int thread, nuint bytes, ReadOnlySpan<ulong> mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetAffinity(int thread, nuint bytes, Span<ulong> mask);
}
