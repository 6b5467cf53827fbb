using System.Security.Cryptography;
using System.Text;
using KekeStar.Antifraud.Features;
using Parquet.Schema;

namespace KekeStar.Antifraud.Archive.Writing;

/// <summary>The columns of a file of records; docs/archive.md says what each means.</summary>
internal static class RecordSchema
{
    /// <summary>Key of the metadata that names the features of the blobs, in order, with commas between.</summary>
    public const string FeaturesKey = "kekestar.features";

    /// <summary>Key of the metadata that names the entity slots of the blobs, in order, with commas between.</summary>
    public const string SlotsKey = "kekestar.slots";

    /// <summary>Key of the metadata that names the files in whose place a file stands, with commas between.</summary>
    public const string ReplacesKey = "kekestar.replaces";

    /// <summary>Key of the metadata that names the version of the schema.</summary>
    public const string VersionKey = "kekestar.version";

    /// <summary>Version of the schema; a change that is no addition changes it.</summary>
    public const string Version = "1";

    // Without a zone, which every reader takes; the values are UTC. Milliseconds: of microseconds Parquet.Net 6.1 writes a smallest and a
    // largest value that are a thousand times too small, by which readers would pass over the file. Merged files have microseconds.
    public static readonly DateTimeDataField Time = Timestamp("time");
    public static readonly DateTimeDataField EventTime = Timestamp("event_time");
    public static readonly DataField Decision = Required<long>("decision");
    public static readonly DataField Scene = Required<string>("scene");
    public static readonly DataField Verdict = Required<string>("verdict");
    public static readonly DataField Challenge = Optional<string>("challenge");
    public static readonly DataField Score = Required<int>("score");
    public static readonly DataField BatchRegistration = Required<int>("batch_registration");
    public static readonly DataField Bot = Required<int>("bot");
    public static readonly DataField AccountTheft = Required<int>("account_theft");
    public static readonly DataField Policy = Required<string>("policy");
    public static readonly DataField PolicyHash = Required<string>("policy_hash");
    public static readonly DataField Store = Required<string>("store");
    public static readonly DataField List = Optional<string>("list");
    public static readonly DataField StepUpExempt = Required<bool>("step_up_exempt");
    public static readonly DataField AtLeast = Required<bool>("at_least");
    public static readonly DataField DurationMicroseconds = Required<int>("duration_us");
    public static readonly DataField KeyEpoch = Required<int>("key_epoch");
    public static readonly DataField Label = Required<string>("element");
    public static readonly DataField Rule = Required<string>("element");
    public static readonly DataField Contribution = Required<double>("element");
    public static readonly DataField ShadowRule = Required<string>("element");
    public static readonly DataField Account = Optional<long>("account");
    public static readonly DataField OtherAccount = Optional<long>("other_account");
    public static readonly DataField Device = Optional<long>("device");
    public static readonly DataField Ip = Optional<long>("ip");
    public static readonly DataField IpPrefix = Optional<long>("ip_prefix");
    public static readonly DataField Bssid = Optional<long>("bssid");
    public static readonly DataField Cohort = Optional<long>("cohort");
    public static readonly DataField Entities = Optional<byte[]>("entities");
    public static readonly DataField Features = Optional<byte[]>("features");
    public static readonly DataField Model = Optional<string>("model");
    public static readonly DataField ProbabilityOfBatchRegistration = Optional<double>("p_batch_registration");
    public static readonly DataField ProbabilityOfBot = Optional<double>("p_bot");
    public static readonly DataField ProbabilityOfAccountTheft = Optional<double>("p_account_theft");
    public static readonly DataField ShadowModel = Optional<string>("shadow_model");
    public static readonly DataField ShadowScore = Optional<int>("shadow_score");
    public static readonly DataField Sequence = Required<long>("sequence");
    public static readonly DataField Late = Required<bool>("late");
    public static readonly DataField DeviceNamed = Required<bool>("device_named");
    public static readonly DataField Country = Optional<string>("country");
    public static readonly DataField AtPlace = Required<bool>("at_place");
    public static readonly DataField ThresholdShift = Required<int>("threshold_shift");

    /// <summary>The whole; behind the fields above, which it numbers.</summary>
    public static readonly ParquetSchema Schema = new(
        Time,
        EventTime,
        Decision,
        Scene,
        Verdict,
        Challenge,
        Score,
        BatchRegistration,
        Bot,
        AccountTheft,
        Policy,
        PolicyHash,
        Store,
        List,
        StepUpExempt,
        AtLeast,
        DurationMicroseconds,
        KeyEpoch,
        new ListField("labels", Label),
        new ListField("rules", Rule),
        new ListField("contributions", Contribution),
        new ListField("shadow_rules", ShadowRule),
        Account,
        OtherAccount,
        Device,
        Ip,
        IpPrefix,
        Bssid,
        Cohort,
        Entities,
        Features,
        Model,
        ProbabilityOfBatchRegistration,
        ProbabilityOfBot,
        ProbabilityOfAccountTheft,
        ShadowModel,
        ShadowScore,
        Sequence,
        Late,
        DeviceNamed,
        Country,
        AtPlace,
        ThresholdShift);

    /// <summary>Names of the features in the order of the blobs that this build writes.</summary>
    public static readonly string FeatureNames = string.Join(',', FeatureCatalogue.All.ToArray().Select(static feature => feature.Name));

    /// <summary>Names of the entity slots by number.</summary>
    public static readonly string SlotNames = string.Join(',', EntitySlotNames.All);

    /// <summary>
    /// Short name of this build's columns and of the order of its features: the first 8 hexadecimal digits of the SHA-256 of their names.
    /// Only files that are alike in both are merged.
    /// </summary>
    public static readonly string Catalogue =
        ShortName($"{FeatureNames};{SlotNames};{string.Join(',', Schema.Fields.Select(static field => field.Name))}");

    /// <summary>The first 8 hexadecimal digits of a text's SHA-256.</summary>
    internal static string ShortName(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));

    internal static DateTimeDataField Timestamp(string name) =>
        new(name, DateTimeFormat.Timestamp, isAdjustedToUTC: false, DateTimeTimeUnit.Millis, isNullable: false);

    internal static DataField Required<T>(string name) => new(name, typeof(T), isNullable: false);

    internal static DataField Optional<T>(string name) => new(name, typeof(T), isNullable: true);
}
