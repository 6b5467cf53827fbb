using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Decision.Counterfactuals;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>One decision as the archive holds it, without its blobs. Pseudonyms are their first 64 bits, as signed numbers.</summary>
internal sealed record DecisionRow
{
    /// <summary>When it was decided, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Time of the event, UTC.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>First 64 bits of the pseudonym of the event's id.</summary>
    public required long Decision { get; init; }

    /// <summary>The scene, such as <c>login</c>.</summary>
    public required string Scene { get; init; }

    /// <summary>The verdict, such as <c>reject</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>How to challenge; null: not.</summary>
    public string? Challenge { get; init; }

    /// <summary>The score, 0 … 1000.</summary>
    public required int Score { get; init; }

    /// <summary>Score of batch registration.</summary>
    public required int BatchRegistration { get; init; }

    /// <summary>Score of bots.</summary>
    public required int Bot { get; init; }

    /// <summary>Score of account theft.</summary>
    public required int AccountTheft { get; init; }

    /// <summary>Version of the policy.</summary>
    public required string Policy { get; init; }

    /// <summary>First 16 digits of its hash.</summary>
    public required string PolicyHash { get; init; }

    /// <summary>How asking the store ended; <c>ok</c>: the answer was a full one.</summary>
    public required string Store { get; init; }

    /// <summary>The list that an entity stood on; null: none.</summary>
    public string? List { get; init; }

    /// <summary>True if a challenge passed before spared the event one.</summary>
    public required bool StepUpExempt { get; init; }

    /// <summary>True if the score rests on a lower bound.</summary>
    public required bool AtLeast { get; init; }

    /// <summary>From the parsed request to the decision, microseconds.</summary>
    public required int DurationMicroseconds { get; init; }

    /// <summary>Key epoch of the pseudonyms.</summary>
    public required int KeyEpoch { get; init; }

    /// <summary>The labels on the event.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The rules that fired; last <c>model</c>, if the policy's model added something.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>What each of them added; the sum is <see cref="Score"/>.</summary>
    public required IReadOnlyList<double> Contributions { get; init; }

    /// <summary>The shadow rules that fired.</summary>
    public required IReadOnlyList<string> ShadowRules { get; init; }

    /// <summary>
    /// How far the policy had moved the thresholds that the event met, points; 0 in files of builds before there was jitter; null: it was not asked for, or is
    /// in no file yet.
    /// </summary>
    public int? ThresholdShift { get; init; }

    /// <summary>What the models said; null: it was not asked for, or the file is of a build that did not record it.</summary>
    public RecordedModels? Models { get; init; }

    /// <summary>The account; null: none.</summary>
    public long? Account { get; init; }

    /// <summary>The device; null: none.</summary>
    public long? Device { get; init; }

    /// <summary>The address; null: none.</summary>
    public long? Ip { get; init; }

    /// <summary>The network prefix; null: none.</summary>
    public long? IpPrefix { get; init; }

    /// <summary>The access point; null: none.</summary>
    public long? Bssid { get; init; }

    /// <summary>Model, build and app version; null: unknown.</summary>
    public long? Cohort { get; init; }

    /// <summary>Whose thresholds the event met: <see cref="ThresholdJitter.EntityOf(ulong, ulong)"/>.</summary>
    public ulong JitterEntity => ThresholdJitter.EntityOf(unchecked((ulong)(Account ?? 0)), unchecked((ulong)(IpPrefix ?? 0)));

    /// <summary>True if the answer was not a full one.</summary>
    public bool IsDegraded => !string.Equals(Store, ContractWords.StoreOk, StringComparison.Ordinal);

    /// <summary>Where the next page begins behind this row.</summary>
    public DecisionCursor Cursor => new(Time, Decision);

    /// <summary>Makes the row of a record that is not in a file yet.</summary>
    public static DecisionRow Of(DecisionRecord record)
    {
        var rules = record.Policy.Rules;
        var labels = new List<string>();
        for (var left = record.Labels; left != 0; left &= left - 1)
        {
            labels.Add(LabelCatalogue.All[System.Numerics.BitOperations.TrailingZeroCount(left)].Name);
        }

        return new DecisionRow
        {
            Time = DateTimeOffset.FromUnixTimeMilliseconds(record.TimeMilliseconds),
            EventTime = DateTimeOffset.FromUnixTimeMilliseconds(record.EventTimeMilliseconds),
            Decision = unchecked((long)record.Decision),
            Scene = ContractWords.Scenes[(int)record.Scene],
            Verdict = ContractWords.Verdicts[(int)record.Verdict],
            Challenge = Word(ContractWords.Challenges, (int)record.Challenge),
            Score = record.Score,
            BatchRegistration = record.BatchRegistration,
            Bot = record.Bot,
            AccountTheft = record.AccountTheft,
            Policy = record.Policy.Version,
            PolicyHash = record.Policy.Hash[..HashDigits],
            Store = ContractWords.Stores[(int)record.Store],
            List = Word(ContractWords.Lists, (int)record.List),
            StepUpExempt = record.IsStepUpExempt,
            AtLeast = record.AtLeast,
            DurationMicroseconds = record.DurationMicroseconds,
            KeyEpoch = record.KeyEpoch,
            Labels = labels,
            Rules = record.ModelContribution == 0 ? Ids(rules, record.Rules) : [.. Ids(rules, record.Rules), PolicyModel.RuleName],
            Contributions =
            [
                .. record.Contributions.ToArray().Select(static contribution => contribution + 0.0),
                .. record.ModelContribution == 0 ? [] : (double[])[record.ModelContribution],
            ],
            ShadowRules = Ids(rules, record.ShadowRules),
            Account = Id(record.Entity(EntitySlot.Account)),
            Device = Id(record.Entity(EntitySlot.Device)),
            Ip = Id(record.Entity(EntitySlot.Ip)),
            IpPrefix = Id(record.Entity(EntitySlot.IpPrefix)),
            Bssid = Id(record.Entity(EntitySlot.Bssid)),
            Cohort = Id(record.Entity(EntitySlot.Cohort)),
        };
    }

    /// <summary>The event as a policy decides about it again: with the list and the state of the store as they were.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="features">The recorded features.</param>
    public DecidedEvent Under(Policy policy, FeatureVector features) =>
        new(policy, ContractWords.SceneOf(Scene), JitterEntity, ContractWords.ListOf(List), ContractWords.StoreOf(Store), features);

    private static int HashDigits => 16;

    private static string? Word(string[] words, int number) => number == 0 ? null : words[number];

    private static long? Id(ulong pseudonym) => pseudonym == 0 ? null : unchecked((long)pseudonym);

    private static string[] Ids(ReadOnlySpan<PolicyRule> rules, ReadOnlySpan<int> fired)
    {
        var ids = new string[fired.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = rules[fired[i]].Id;
        }

        return ids;
    }
}
