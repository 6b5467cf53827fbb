using Parquet.Schema;

namespace KekeStar.Antifraud.Simulation.Replaying;

/// <summary>The columns of a labels file; docs/simulation.md says what each means.</summary>
internal static class LabelSchema
{
    /// <summary>Name of the file in the archive's folder.</summary>
    internal const string FileName = "labels.parquet";

    internal static readonly DataField Decision = new("decision", typeof(long), isNullable: false);
    internal static readonly DateTimeDataField EventTime = new("event_time", DateTimeFormat.Timestamp, isAdjustedToUTC: false, DateTimeTimeUnit.Millis, isNullable: false);
    internal static readonly DataField Abusive = new("abusive", typeof(bool), isNullable: false);
    internal static readonly DataField Risk = new("risk", typeof(string), isNullable: true);
    internal static readonly DataField Actor = new("actor", typeof(string), isNullable: true);
    internal static readonly DataField Unseen = new("unseen", typeof(bool), isNullable: false);

    /// <summary>The whole; behind the fields above, which it numbers.</summary>
    internal static readonly ParquetSchema Schema = new(Decision, EventTime, Abusive, Risk, Actor, Unseen);
}
