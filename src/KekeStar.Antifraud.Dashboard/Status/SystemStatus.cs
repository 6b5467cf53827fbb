using System.Diagnostics;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Dashboard.Sessions;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Service.Stores;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Dashboard.Status;

/// <summary>Looks at the service.</summary>
internal sealed class SystemStatus(
    StoreOptions storeOptions,
    IWindowStore store,
    StoreGate gate,
    PolicySource policies,
    ModelStatus models,
    KeyRing keys,
    ListBook lists,
    SessionBook sessions,
    ServiceCounters counters,
    ArchiveHealth archive,
    TimeProvider time)
{
    // A page may wait longer than an event.
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>The state at this moment.</summary>
    public async Task<SystemFacts> LookAsync()
    {
        var status = await store.PingAsync(StoreTimeout);
        using var process = Process.GetCurrentProcess();
        var policy = policies.Current;
        return new SystemFacts
        {
            Version = typeof(AntifraudHost).Assembly.GetName().Version!.ToString(3),
            Runtime = RuntimeInformation.FrameworkDescription,
            Platform = RuntimeInformation.OSDescription,
            StartedAt = new DateTimeOffset(process.StartTime),
            MemoryBytes = process.WorkingSet64,
            Cores = Environment.ProcessorCount,
            Store = storeOptions.Kind.ToString(),
            StoreStatus = status,
            IsGateOpen = gate.IsOpen,
            Outstanding = gate.Outstanding,
            Archive = archive.Look(counters),
            PolicyVersion = policy.Version,
            PolicyHash = policy.Hash,
            PolicyRules = policy.Rules.Length,
            Models = models.Look(),
            ListEntries = lists.CountHolding(),
            Sessions = sessions.Count,
            Epochs = [.. keys.Status(time.GetUtcNow()).Select(epoch => (epoch, lists.CountHolding(epoch.Number)))],
            Counters = counters.Read(),
        };
    }
}
