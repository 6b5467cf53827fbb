using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.Json.Serialization;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Streaming;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>The archive over a folder of the test's own, on the test's clock; its loops do not run by themselves.</summary>
internal sealed class ArchiveUnderTest : IAsyncDisposable
{
    // A probability that is not known is NaN.
    private static readonly JsonSerializerOptions WithNaN = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public const int RuleCount = 3;

    public static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    public static readonly string[] Rules = ["rule_a", "rule_b", "rule_c", "rule_shadow"];

    public static readonly string[] Labels = ["rooted", "hook", "multi_open"];

    private static readonly string[] LabelFeatures = ["software.root", "software.hook", "software.multi_open"];

    private static readonly double[] Points = [100, 250, 333.5];

    private static readonly Policy Policy = MakePolicy();

    private static readonly KeySet Keys = new(new KeyEpoch(1, new byte[KeyEpoch.MasterKeyLength]));

    private readonly ServiceProvider _services = new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-archive-");
    private readonly MeterListener _listener = new();
    private readonly int _capacity;
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    private readonly KafkaOptions? _kafka;
    private KafkaSink? _sink;

    public ArchiveUnderTest(Action<ArchiveOptions>? change = null, int capacity = 1_000_000, KafkaOptions? kafka = null)
    {
        _capacity = capacity;
        _kafka = kafka;
        Options.Directory = Path.Combine(_folder.FullName, "archive");
        change?.Invoke(Options);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == Meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (_counts)
            {
                _counts[instrument.Name] = _counts.GetValueOrDefault(instrument.Name) + value;
            }
        });
        _listener.Start();
        Records = new DecisionRecordMetrics(Meters);
        Queue = new DecisionRecordQueue(Records, Clock, _capacity, DecisionRecordQueue.DefaultMaxBytes);
        Open();
    }

    public ArchiveOptions Options { get; } = new() { FlushInterval = TimeSpan.FromSeconds(10) };

    public FakeTimeProvider Clock { get; } = new(Start);

    public RecordingLog Log { get; } = new();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public DecisionRecordMetrics Records { get; }

    public DecisionRecordQueue Queue { get; private set; }

    public ArchiveCatalog Catalog { get; private set; } = null!;

    public ArchiveWriter Writer { get; private set; } = null!;

    public DecisionArchive Archive { get; private set; } = null!;

    public FeedbackBook Feedback { get; private set; } = null!;

    public LiveTail Tail { get; } = new();

    public string Folder => Options.Directory;

    /// <summary>What a counter has counted.</summary>
    public long Count(string instrument)
    {
        lock (_counts)
        {
            return _counts.GetValueOrDefault(instrument);
        }
    }

    /// <summary>All files below the folder.</summary>
    public string[] Files() => !Directory.Exists(Folder)
        ? []
        : [.. Directory.EnumerateFiles(Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(static path => !path.EndsWith(".lock", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>Decides and records in the order of time; the clock goes with it.</summary>
    public void Record(params IEnumerable<MadeDecision> decisions)
    {
        foreach (var decision in decisions.OrderBy(static decision => decision.At))
        {
            if (Start + decision.At > Clock.GetUtcNow())
            {
                Clock.SetUtcNow(Start + decision.At);
            }

            Add(decision);
        }
    }

    /// <summary>Records a decision now.</summary>
    public void Add(MadeDecision made)
    {
        var call = ScoringCall.Rent();
        Fill(call, made);
        Queue.Add(call, TimeSpan.FromMicroseconds(made.DurationMicroseconds));
        call.Return();
    }

    /// <summary>Records, writes and keeps up.</summary>
    public void Write(params IEnumerable<MadeDecision> decisions)
    {
        Record(decisions);
        Assert.True(Writer.Flush());
        Writer.KeepUp();
    }

    /// <summary>Makes a call that has been decided about.</summary>
    public static void Fill(ScoringCall call, MadeDecision made)
    {
        var happened = call.Event;
        happened.Clear();
        happened.Keys = Keys;
        happened.Event = new Pseudonym(unchecked((ulong)made.Decision), 1);
        happened.Scene = made.Scene;
        happened.TimeMilliseconds = (Start + made.At - made.Age).ToUnixTimeMilliseconds();
        Put(happened, EntitySlot.Account, made.Account);
        Put(happened, EntitySlot.Device, made.Device);
        Put(happened, EntitySlot.Ip, made.Ip);
        Put(happened, EntitySlot.IpPrefix, made.IpPrefix);
        Put(happened, EntitySlot.Bssid, made.Bssid);
        Put(happened, EntitySlot.Cohort, made.Cohort);
        happened.OtherEntity(EntitySlot.Account) = new Pseudonym(unchecked((ulong)made.OtherAccount), 0);

        call.Features.Clear();
        happened.Consent = uint.MaxValue;
        for (var label = 0; label < Labels.Length; label++)
        {
            call.Features.Set(FeatureCatalogue.Find(LabelFeatures[label])!.Index, (made.Labels >> label) & 1);
        }

        call.Counts.Clear();
        var decision = call.Decision;
        decision.Policy = Policy;
        decision.Verdict = made.Verdict;
        decision.Challenge = made.Verdict == Verdict.Challenge ? ChallengeKind.Captcha : ChallengeKind.Unspecified;
        decision.Store = made.Store;
        decision.List = made.List;
        decision.IsStepUpExempt = made.StepUpExempt;
        decision.ThresholdShift = made.ThresholdShift;
        decision.Labels.Find(happened, call.Features, call.Counts.Evidence);
        FillRules(decision.Rules, made);
    }

    /// <summary>The row that the archive must give for a decision, from the test's words alone.</summary>
    public static DecisionRow Row(MadeDecision made)
    {
        int[] fired = [.. Enumerable.Range(0, RuleCount).Where(rule => (made.Rules & (1 << rule)) != 0)];
        return new DecisionRow
        {
            Time = Start + made.At,
            EventTime = Start + made.At - made.Age,
            Decision = made.Decision,
            Scene = made.Scene switch { Scene.Login => "login", Scene.Register => "register", Scene.NewDeviceLogin => "new_device_login", _ => "send_message" },
            Verdict = made.Verdict switch { Verdict.Pass => "pass", Verdict.Review => "review", Verdict.Challenge => "challenge", _ => "reject" },
            Challenge = made.Verdict == Verdict.Challenge ? "captcha" : null,
            Score = ScoreOf(made),
            BatchRegistration = ScoreOf(made),
            Bot = 0,
            AccountTheft = 0,
            Policy = Policy.Version,
            PolicyHash = Policy.Hash[..16],
            Store = made.Store switch { 0 => "ok", KekeStar.Antifraud.Windows.StoreStatus.Timeout => "timeout", _ => "unavailable" },
            List = made.List switch { ListKind.Deny => "deny", ListKind.Allow => "allow", ListKind.Grey => "grey", _ => null },
            StepUpExempt = made.StepUpExempt,
            AtLeast = made.AtLeast && fired.Length > 0,
            DurationMicroseconds = made.DurationMicroseconds,
            KeyEpoch = 1,
            Labels = [.. Labels.Where((_, label) => (made.Labels & (1 << label)) != 0)],
            Rules = [.. fired.Select(static rule => Rules[rule])],
            Contributions = [.. fired.Select(static rule => Points[rule])],
            ShadowRules = (made.Rules & (1 << RuleCount)) != 0 ? [Rules[RuleCount]] : [],
            Account = Id(made.Account),
            Device = Id(made.Device),
            Ip = Id(made.Ip),
            IpPrefix = Id(made.IpPrefix),
            Bssid = Id(made.Bssid),
            Cohort = Id(made.Cohort),
        };
    }

    public static int ScoreOf(MadeDecision made) => (int)Math.Round(
        Enumerable.Range(0, RuleCount).Where(rule => (made.Rules & (1 << rule)) != 0).Sum(static rule => Points[rule]), MidpointRounding.AwayFromZero);

    /// <summary>Everything of a row as text, so that lists compare by what is in them.</summary>
    public static string Text(DecisionRow row) => JsonSerializer.Serialize(row, WithNaN);

    /// <summary>Ends the process, as far as the archive can tell, and starts it again over the same folder.</summary>
    public void Restart()
    {
        Close();
        Queue = new DecisionRecordQueue(Records, Clock, _capacity, DecisionRecordQueue.DefaultMaxBytes);
        Open();
    }

    /// <summary>True if any file holds the eight bytes of a pseudonym, in either order.</summary>
    public bool AnyFileHolds(long pseudonym)
    {
        var little = new byte[sizeof(long)];
        var big = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(little, pseudonym);
        BinaryPrimitives.WriteInt64BigEndian(big, pseudonym);
        return Files().Select(File.ReadAllBytes).Any(bytes => bytes.AsSpan().IndexOf(little) >= 0 || bytes.AsSpan().IndexOf(big) >= 0);
    }

    public ValueTask DisposeAsync()
    {
        Close();
        _listener.Dispose();
        _services.Dispose();
        if (!OperatingSystem.IsWindows() && Directory.Exists(Folder))
        {
            File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void Put(ScoreEvent happened, int slot, long pseudonym)
    {
        if (pseudonym != 0)
        {
            happened.Entity(slot) = new Pseudonym(unchecked((ulong)pseudonym), 7);
        }
    }

    private static long? Id(long pseudonym) => pseudonym == 0 ? null : pseudonym;

    private static void FillRules(RuleOutcome outcome, MadeDecision made)
    {
        outcome.Clear();
        for (var rule = 0; rule < RuleCount; rule++)
        {
            if ((made.Rules & (1 << rule)) != 0)
            {
                outcome.AddFired(rule, made.AtLeast);
                outcome.SetContribution(outcome.Count - 1, Points[rule]);
            }
        }

        if ((made.Rules & (1 << RuleCount)) != 0)
        {
            outcome.AddShadow(RuleCount);
        }

        outcome.SetScores(ScoreOf(made), [ScoreOf(made), 0, 0]);
    }

    private static Policy MakePolicy()
    {
        var shadow = TestPolicies.Rule(Rules[RuleCount], "device.accounts_1h > 2", 10);
        shadow["shadow"] = true;
        return TestPolicies.Load(TestPolicies.With(
            [.. Rules.Take(RuleCount).Select(static id => TestPolicies.Rule(id, "device.accounts_1h > 1", 10)), shadow]));
    }

    private void Open()
    {
        Catalog = new ArchiveCatalog(Options.Directory);
        var metrics = new ArchiveMetrics(Meters, Catalog);
        Feedback = new FeedbackBook(Options, Clock);
        var logging = LoggerFactory.Create(logging => logging.AddProvider(Log));
        _sink = _kafka is null ? null : new KafkaSink(_kafka, new KafkaMetrics(Meters), logging.CreateLogger<KafkaSink>());
        Writer = new ArchiveWriter(
            Queue,
            Records,
            metrics,
            Catalog,
            Tail,
            Feedback,
            Options,
            Clock,
            logging.CreateLogger<ArchiveWriter>(),
            _sink);
        Archive = new DecisionArchive(Catalog, Tail, Options, metrics);
    }

    private void Close()
    {
        Archive.Dispose();
        Writer.Dispose();
        _sink?.Dispose();
    }
}
