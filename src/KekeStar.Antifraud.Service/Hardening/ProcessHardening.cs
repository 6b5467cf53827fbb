using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Service.Hardening;

/// <summary>Closes the process to dumps and debuggers. It holds for the process as a whole and until its end.</summary>
internal static partial class ProcessHardening
{
    // linux/prctl.h and asm-generic/resource.h; the number of RLIMIT_CORE is the same on all that .NET runs on.
    private const int SetDumpable = 4;
    private const int LimitCore = 4;

    private const string DiagnosticsVariable = "DOTNET_EnableDiagnostics";

    /// <summary>Hardens the process, and says what it cannot do.</summary>
    /// <param name="options">What is allowed.</param>
    /// <param name="isLoopback">True: only this machine reaches the service, so it is being tried out.</param>
    /// <param name="log">Receives the warnings.</param>
    public static void Apply(ProcessOptions options, bool isLoopback, ILogger log)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        if (options.AllowDumps)
        {
            LogDumpsAllowed(log);
        }
        else
        {
            Forbid(log);
        }

        // Read by the runtime before any of our code: what is wrong here can only be told.
        if (!isLoopback && Environment.GetEnvironmentVariable(DiagnosticsVariable) != "0")
        {
            LogDiagnosticsOpen(log, DiagnosticsVariable);
        }
    }

    private static void Forbid(ILogger log)
    {
        var none = default(CoreLimit);
        if (SetLimit(LimitCore, in none) != 0)
        {
            LogNotHardened(log, "setrlimit(RLIMIT_CORE)", Marshal.GetLastPInvokeError());
        }

        if (Control(SetDumpable, 0, 0, 0, 0) != 0)
        {
            LogNotHardened(log, "prctl(PR_SET_DUMPABLE)", Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in CoreLimit limit);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

    [LoggerMessage(5101, LogLevel.Warning, "Antifraud:Process:AllowDumps is true: a dump of this process holds keys and raw identifiers")]
    private static partial void LogDumpsAllowed(ILogger log);

    [LoggerMessage(5102, LogLevel.Warning, "{Call} failed with error {Error}: a dump of this process can hold keys and raw identifiers. Turn core dumps off from outside (ulimit -c 0).")]
    private static partial void LogNotHardened(ILogger log, string call, int error);

    [LoggerMessage(5103, LogLevel.Warning, "{Variable} is not 0: the runtime's diagnostics port can write a dump, which holds keys and raw identifiers. Start the service with {Variable}=0, as the container image does.")]
    private static partial void LogDiagnosticsOpen(ILogger log, string variable);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct CoreLimit
    {
        private readonly nuint _soft;
        private readonly nuint _hard;
    }
}
