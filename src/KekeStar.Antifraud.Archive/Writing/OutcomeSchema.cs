using System.Globalization;
using System.Text.Json;
using KekeStar.Antifraud.Intake;
using Parquet.Schema;

namespace KekeStar.Antifraud.Archive.Writing;

/// <summary>The columns of a file of reported outcomes; docs/archive.md says what each means.</summary>
internal static class OutcomeSchema
{
    /// <summary>Key of the metadata that names the kinds of the blobs' entities, <c>number=name</c> with commas between.</summary>
    public const string KindsKey = "kekestar.kinds";

    public static readonly DateTimeDataField Time = RecordSchema.Timestamp("time");
    public static readonly DateTimeDataField OutcomeTime = RecordSchema.Timestamp("outcome_time");
    public static readonly DataField Decision = RecordSchema.Required<long>("decision");
    public static readonly DataField Outcome = RecordSchema.Required<string>("outcome");
    public static readonly DataField Sequence = RecordSchema.Required<long>("sequence");
    public static readonly DataField Late = RecordSchema.Required<bool>("late");
    public static readonly DataField KeyEpoch = RecordSchema.Required<int>("key_epoch");
    public static readonly DataField Account = RecordSchema.Optional<long>("account");
    public static readonly DataField OtherAccount = RecordSchema.Optional<long>("other_account");
    public static readonly DataField Device = RecordSchema.Optional<long>("device");
    public static readonly DataField Context = RecordSchema.Optional<long>("context");
    public static readonly DataField Entities = RecordSchema.Optional<byte[]>("entities");

    /// <summary>The whole; behind the fields above, which it numbers.</summary>
    public static readonly ParquetSchema Schema = new(
        Time, OutcomeTime, Decision, Outcome, Sequence, Late, KeyEpoch, Account, OtherAccount, Device, Context, Entities);

    /// <summary>The kinds of entities by number.</summary>
    public static readonly string Kinds = string.Join(',', Enum.GetValues<EntityKind>().Select(static kind =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)kind}={JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString())}")));

    /// <summary>Short name of this build's columns.</summary>
    public static readonly string Catalogue =
        RecordSchema.ShortName($"{Kinds};{string.Join(',', Schema.Fields.Select(static field => field.Name))}");
}
