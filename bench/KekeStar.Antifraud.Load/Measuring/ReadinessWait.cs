using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>
/// Waits for a socket with a time limit finer than the millisecond that <see cref="System.Net.Sockets.Socket"/>
/// rounds to: ppoll(2). Linux only.
/// </summary>
internal static partial class ReadinessWait
{
    private const short PollIn = 1;

    /// <summary>Waits until the descriptor can be read; false: the time ran out first (or a signal came).</summary>
    /// <param name="descriptor">The socket's descriptor.</param>
    /// <param name="nanoseconds">How long at most; below 1: do not wait.</param>
    public static bool CanRead(int descriptor, long nanoseconds)
    {
        (long seconds, long rest) = Math.DivRem(Math.Max(nanoseconds, 0), 1_000_000_000);
        var poll = new PollDescriptor { Descriptor = descriptor, Events = PollIn };
        var limit = new TimeLimit { Seconds = seconds, Nanoseconds = rest };
        return PPoll(ref poll, 1, ref limit, 0) > 0;
    }

    [LibraryImport("libc", EntryPoint = "ppoll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int PPoll(ref PollDescriptor descriptors, nuint count, ref TimeLimit limit, nint signalMask);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeLimit
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
