using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Dashboard.Status;

/// <summary>The service's state at a moment.</summary>
internal sealed record SystemFacts
{
    /// <summary>Version of the service.</summary>
    public required string Version { get; init; }

    /// <summary>Version of .NET.</summary>
    public required string Runtime { get; init; }

    /// <summary>The operating system.</summary>
    public required string Platform { get; init; }

    /// <summary>When the process began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Memory of the process, bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Cores that the process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Which store.</summary>
    public required string Store { get; init; }

    /// <summary>How the store answered just now.</summary>
    public required StoreStatus StoreStatus { get; init; }

    /// <summary>True while the store counts as down and only probes reach it.</summary>
    public required bool IsGateOpen { get; init; }

    /// <summary>Calls that wait for the store.</summary>
    public required int Outstanding { get; init; }

    /// <summary>The decision archive; null: this instance keeps none.</summary>
    public required ArchiveFacts? Archive { get; init; }

    /// <summary>Version of the policy in force.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>Its hash.</summary>
    public required string PolicyHash { get; init; }

    /// <summary>Its number of rules.</summary>
    public required int PolicyRules { get; init; }

    /// <summary>The models that the policy names.</summary>
    public required ModelFacts Models { get; init; }

    /// <summary>List entries that hold.</summary>
    public required int ListEntries { get; init; }

    /// <summary>Open sessions of the dashboard.</summary>
    public required int Sessions { get; init; }

    /// <summary>The key epochs, each with the number of list entries that it made.</summary>
    public required IReadOnlyList<(KeyEpochState Epoch, int ListEntries)> Epochs { get; init; }

    /// <summary>The counters of the service since its start, by name and tags.</summary>
    public required IReadOnlyList<CounterValue> Counters { get; init; }
}
