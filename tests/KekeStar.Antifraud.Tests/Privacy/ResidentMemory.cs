using System.Globalization;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>
/// Reads the pages of another process that lie in memory, and those alone: a .NET process reserves hundreds of gigabytes
/// and uses a few hundred megabytes. The process stands still meanwhile.
/// </summary>
internal static partial class ResidentMemory
{
    private const int SignalContinue = 18;
    private const int SignalStop = 19;
    private const int PageLength = 4096;
    private const int EntryLength = sizeof(ulong);
    private const int PieceLength = 4 << 20;

    // Documentation/admin-guide/mm/pagemap.rst: present, swapped.
    private const ulong InUse = (1UL << 63) | (1UL << 62);

    /// <summary>Settings of a service that is to be searched: a process of the same user cannot read one that is closed to dumps; root can.</summary>
    public static string[] Settings { get; } = Environment.IsPrivilegedProcess ? [] : ["--Antifraud:Process:AllowDumps=true"];

    /// <summary>Searches a process.</summary>
    /// <returns>Bytes that were resident.</returns>
    public static long Search(int process, CanarySearch search)
    {
        Assert.Equal(0, SendSignal(process, SignalStop));
        try
        {
            using var memory = new FileStream($"/proc/{process}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using var pages = File.OpenHandle($"/proc/{process}/pagemap", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            long resident = 0;
            foreach (var (start, end) in Mappings(process))
            {
                foreach (var (first, last) in Runs(pages, start, end))
                {
                    resident += SearchRun(memory.SafeFileHandle, first, last, search);
                }
            }

            return resident;
        }
        finally
        {
            Assert.Equal(0, SendSignal(process, SignalContinue));
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);

    // Mappings of any protection that have resident pages; what was decommitted may still lie there.
    private static List<(long Start, long End)> Mappings(int process)
    {
        var mappings = new List<(long Start, long End)>();
        (long Start, long End) mapping = default;
        foreach (var line in File.ReadLines($"/proc/{process}/smaps"))
        {
            var head = line.AsSpan(0, Math.Max(0, line.IndexOf(' ', StringComparison.Ordinal)));
            var dash = head.IndexOf('-');
            if (dash > 0)
            {
                // What the kernel itself maps is no memory of the process.
                mapping = line.EndsWith("[vvar]", StringComparison.Ordinal) || line.EndsWith("[vsyscall]", StringComparison.Ordinal) || line.EndsWith("[vvar_vclock]", StringComparison.Ordinal)
                    ? default
                    : (Parse(head[..dash]), Parse(head[(dash + 1)..]));
            }
            else if (mapping.End > 0 && head is "Rss:" or "Swap:" && !line.EndsWith(" 0 kB", StringComparison.Ordinal) && (mappings.Count == 0 || mappings[^1] != mapping))
            {
                mappings.Add(mapping);
            }
        }

        return mappings;
    }

    private static long Parse(ReadOnlySpan<char> address) => long.Parse(address, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static IEnumerable<(long Start, long End)> Runs(Microsoft.Win32.SafeHandles.SafeFileHandle pages, long start, long end)
    {
        var entries = new byte[EntryLength * 65536];
        long runStart = -1;
        for (var at = start; at < end;)
        {
            var wanted = (int)Math.Min(entries.Length, (end - at) / PageLength * EntryLength);
            var read = RandomAccess.Read(pages, entries.AsSpan(0, wanted), at / PageLength * EntryLength);
            Assert.True(read > 0, "The page map ended.");
            for (var i = 0; i < read; i += EntryLength, at += PageLength)
            {
                if ((BitConverter.ToUInt64(entries, i) & InUse) != 0)
                {
                    runStart = runStart < 0 ? at : runStart;
                }
                else if (runStart >= 0)
                {
                    yield return (runStart, at);
                    runStart = -1;
                }
            }
        }

        if (runStart >= 0)
        {
            yield return (runStart, end);
        }
    }

    private static long SearchRun(Microsoft.Win32.SafeHandles.SafeFileHandle memory, long start, long end, CanarySearch search)
    {
        var buffer = new byte[(int)Math.Min(PieceLength, end - start) + CanarySearch.MaxFormBytes];
        var kept = 0;
        for (var at = start; at < end;)
        {
            var wanted = (int)Math.Min(buffer.Length - kept, end - at);
            var read = RandomAccess.Read(memory, buffer.AsSpan(kept, wanted), at);
            Assert.True(read > 0, "A resident page could not be read.");
            at += read;
            var piece = buffer.AsSpan(0, kept + read);
            if (piece.ContainsAnyExcept((byte)0))
            {
                search.Search(piece);
            }

            kept = Math.Min(CanarySearch.MaxFormBytes, piece.Length);
            piece[^kept..].CopyTo(buffer);
        }

        return end - start;
    }
}
