using System.Runtime.CompilerServices;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>
/// What is kept of one decision: what was decided, why, and on the ground of which features. Filled while the event's objects
/// are there, reused from event to event; the pseudonyms are the only thing in it that points to anybody.
/// </summary>
internal sealed class DecisionRecord
{
    // An event fires a handful of rules; the arrays grow to what is needed and stay so.
    private const int UsualRules = 16;
    private const int UsualBlobBytes = 1_024;

    [ThreadStatic]
    private static byte[]? _scratch;

    private EntityTable _entities;
    private int[] _rules = new int[UsualRules];
    private double[] _contributions = new double[UsualRules];
    private int[] _shadowRules = new int[UsualRules];
    private byte[] _features = new byte[UsualBlobBytes];
    private readonly double[] _probabilities = new double[Risks.Count];
    private int _ruleCount;
    private int _shadowCount;
    private int _featureBytes;

    /// <summary>When it was decided, by the service's clock, Unix milliseconds.</summary>
    public long TimeMilliseconds { get; private set; }

    /// <summary>Time of the event, Unix milliseconds; up to a day before.</summary>
    public long EventTimeMilliseconds { get; private set; }

    /// <summary>Place among all records of this process, decisions and outcomes: of one millisecond the lower came first.</summary>
    public long Sequence { get; private set; }

    /// <summary>First 64 bits of the pseudonym of the event's id.</summary>
    public ulong Decision { get; private set; }

    /// <summary>True if the event arrived more than the clock skew after its time.</summary>
    public bool IsLate { get; private set; }

    /// <summary>True if a token named the device; else it was told by its identifiers.</summary>
    public bool IsDeviceNamed { get; private set; }

    /// <summary>Country of the address as the account's log holds it: unknown for a data centre's.</summary>
    public CountryCode Country { get; private set; }

    /// <summary>True if the person was in that country, as the account's log holds it.</summary>
    public bool IsPlace { get; private set; }

    /// <summary>What the user was about to do.</summary>
    public Scene Scene { get; private set; }

    /// <summary>What was answered.</summary>
    public Verdict Verdict { get; private set; }

    /// <summary>How to challenge; unspecified unless the verdict is CHALLENGE.</summary>
    public ChallengeKind Challenge { get; private set; }

    /// <summary>The score, 0 … 1000.</summary>
    public int Score { get; private set; }

    /// <summary>Score of batch registration, 0 … 1000.</summary>
    public int BatchRegistration { get; private set; }

    /// <summary>Score of bots, 0 … 1000.</summary>
    public int Bot { get; private set; }

    /// <summary>Score of account theft, 0 … 1000.</summary>
    public int AccountTheft { get; private set; }

    /// <summary>The policy that decided; the numbers of the rules are its.</summary>
    public Policy Policy { get; private set; } = null!;

    /// <summary>How asking the store ended; Ok: the answer was a full one.</summary>
    public StoreStatus Store { get; private set; }

    /// <summary>The list that an entity of the event stood on.</summary>
    public ListKind List { get; private set; }

    /// <summary>True if a challenge passed before spared this event one.</summary>
    public bool IsStepUpExempt { get; private set; }

    /// <summary>True if a feature that a fired rule rests on is a lower bound.</summary>
    public bool AtLeast { get; private set; }

    /// <summary>How far the policy moved the thresholds that the event met, points; above 0: up.</summary>
    public int ThresholdShift { get; private set; }

    /// <summary>From the parsed request to the decision, microseconds.</summary>
    public int DurationMicroseconds { get; private set; }

    /// <summary>The key epoch of the pseudonyms.</summary>
    public byte KeyEpoch { get; private set; }

    /// <summary>First 64 bits of the account's pseudonym under the other epoch, while keys are rotated; 0: none.</summary>
    /// <remarks>
    /// So that an account's rows are found under the new epoch when the old one's key is destroyed: a rotation takes longer than
    /// rows live.
    /// </remarks>
    public ulong OtherAccount { get; private set; }

    /// <summary>One bit for each label on the event, by its place in LabelCatalogue.</summary>
    public ulong Labels { get; private set; }

    /// <summary>The rules that fired, by their place in <see cref="Policy"/>.</summary>
    public ReadOnlySpan<int> Rules => _rules.AsSpan(0, _ruleCount);

    /// <summary>What each of <see cref="Rules"/> added; with <see cref="ModelContribution"/> their sum is <see cref="Score"/> within 1e-6.</summary>
    public ReadOnlySpan<double> Contributions => _contributions.AsSpan(0, _ruleCount);

    /// <summary>What the policy's model added; 0 without one.</summary>
    public int ModelContribution { get; private set; }

    /// <summary>The probabilities that the policy's model gave, by <see cref="Risk"/>; NaN: it names none.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>The score if the shadow model stood in the model's place; −1: the policy names none.</summary>
    public int ShadowScore { get; private set; } = -1;

    /// <summary>The shadow rules that fired.</summary>
    public ReadOnlySpan<int> ShadowRules => _shadowRules.AsSpan(0, _shadowCount);

    /// <summary>All known features: <see cref="FeatureBlob"/>.</summary>
    public ReadOnlySpan<byte> Features => _features.AsSpan(0, _featureBytes);

    /// <summary>Memory that the record holds, bytes.</summary>
    public int HeldBytes => OwnBytes + _features.Length + ((_rules.Length + _shadowRules.Length) * sizeof(int)) + (_contributions.Length * sizeof(double));

    // The object itself with its table of entities, and the headers of four arrays.
    private static int OwnBytes => 256 + (Risks.Count * sizeof(double)) + (EntitySlot.Count * sizeof(ulong));

    /// <summary>First 64 bits of the pseudonym in a slot of <see cref="EntitySlot"/>; 0: absent.</summary>
    public ulong Entity(int slot) => _entities[slot];

    /// <summary>Takes over all of a decision. Allocates nothing once the record has seen one of that size.</summary>
    /// <param name="call">The event that was decided about.</param>
    /// <param name="timeMilliseconds">The service's clock, Unix milliseconds.</param>
    /// <param name="sequence">Its place among the records of one millisecond.</param>
    /// <param name="elapsed">From the parsed request to the decision.</param>
    public void Fill(ScoringCall call, long timeMilliseconds, long sequence, TimeSpan elapsed)
    {
        var scoreEvent = call.Event;
        TimeMilliseconds = timeMilliseconds;
        Sequence = sequence;
        IsLate = scoreEvent.IsLate;
        IsDeviceNamed = scoreEvent.IsDeviceNamed;
        var context = AccountContext.Pack(network: 0, scoreEvent.Address, scoreEvent.AccessType, entitySet: 0);
        Country = AccountContext.Country(context);
        IsPlace = AccountContext.IsPlace(context);
        EventTimeMilliseconds = scoreEvent.TimeMilliseconds;
        Decision = scoreEvent.Event.High;
        Scene = scoreEvent.Scene;
        KeyEpoch = scoreEvent.Keys.Current.Number;
        OtherAccount = scoreEvent.OtherEntity(EntitySlot.Account).High;
        DurationMicroseconds = (int)Math.Min(elapsed.TotalMicroseconds, int.MaxValue);
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            _entities[slot] = scoreEvent.Entity(slot).High;
        }

        var decision = call.Decision;
        Verdict = decision.Verdict;
        Challenge = decision.Challenge;
        Policy = decision.Policy;
        Store = decision.Store;
        List = decision.List;
        IsStepUpExempt = decision.IsStepUpExempt;
        ThresholdShift = decision.ThresholdShift;
        Labels = 0;
        foreach (var label in decision.Labels.All)
        {
            Labels |= 1UL << label.Index;
        }

        FillRules(decision.Rules);
        FillFeatures(call.Features);
    }

    private static void Copy<T>(ReadOnlySpan<T> source, ref T[] destination)
    {
        if (destination.Length < source.Length)
        {
            destination = new T[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)source.Length)];
        }

        source.CopyTo(destination);
    }

    private void FillRules(RuleOutcome rules)
    {
        Score = rules.Score;
        BatchRegistration = rules.SubScore(Risk.BatchRegistration);
        Bot = rules.SubScore(Risk.Bot);
        AccountTheft = rules.SubScore(Risk.AccountTheft);
        AtLeast = rules.AtLeast;
        _ruleCount = rules.Count;
        _shadowCount = rules.ShadowCount;
        Copy(rules.Fired, ref _rules);
        Copy(rules.Contributions, ref _contributions);
        Copy(rules.Shadow, ref _shadowRules);
        ModelContribution = rules.Models.Contribution;
        ShadowScore = rules.Models.ShadowScore;
        rules.Models.Probabilities.CopyTo(_probabilities);
    }

    // Through a buffer of the thread's that holds the longest blob there can be, so that the record holds no more than its own.
    private void FillFeatures(FeatureVector features)
    {
        var scratch = _scratch ??= new byte[FeatureBlob.MaxLength];
        _featureBytes = FeatureBlob.Write(features, scratch);
        Copy(scratch.AsSpan(0, _featureBytes), ref _features);
    }

    [InlineArray(EntitySlot.Count)]
    private struct EntityTable
    {
        private ulong _first;
    }
}
