using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Streaming;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Service.Dashboard;
using KekeStar.Antifraud.Service.Hardening;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.Service.Stores;
using KekeStar.Antifraud.Service.Telemetry;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Service.Hosting;

/// <summary>All settings of the service, section <c>Antifraud</c> of the configuration.</summary>
public sealed class AntifraudOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Antifraud";

    /// <summary>Where the service listens and who may call it.</summary>
    public ListenOptions Listen { get; set; } = new();

    /// <summary>Where the windows are kept.</summary>
    public StoreOptions Store { get; set; } = new();

    /// <summary>How the hot path is guarded against its store.</summary>
    public StoreGateOptions Gate { get; set; } = new();

    /// <summary>Where the keys of the pseudonyms come from.</summary>
    public KeyRingOptions Keys { get; set; } = new();

    /// <summary>Where the audit log is kept and for how long.</summary>
    public AuditOptions Audit { get; set; } = new();

    /// <summary>Where decision records are kept.</summary>
    public ArchiveOptions Archive { get; set; } = new();

    /// <summary>Where decision records go besides.</summary>
    public KafkaOptions Kafka { get; set; } = new();

    /// <summary>The keys that gateways seal identifiers with.</summary>
    public SealingKeyOptions Sealing { get; set; } = new();

    /// <summary>The policy that scores.</summary>
    public PolicyOptions Policy { get; set; } = new();

    /// <summary>The models that the policy may name.</summary>
    public ModelOptions Models { get; set; } = new();

    /// <summary>The reference tables of devices, operators and addresses.</summary>
    public ReferenceTableOptions Tables { get; set; } = new();

    /// <summary>What the service tells of itself.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>How the process is closed to dumps and debuggers.</summary>
    public ProcessOptions Process { get; set; } = new();

    /// <summary>The pages for people: where they are served and who may sign in.</summary>
    public DashboardOptions Dashboard { get; set; } = new();
}
