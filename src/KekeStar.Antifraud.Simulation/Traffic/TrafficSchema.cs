using Parquet.Schema;

namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>The columns of a traffic file; docs/simulation.md says what each means.</summary>
internal static class TrafficSchema
{
    /// <summary>Key of the metadata that names the version of the schema.</summary>
    internal const string VersionKey = "kekestar.traffic";

    /// <summary>Version of the schema.</summary>
    internal const string Version = "1";

    internal static readonly DataField Time = new("time_ms", typeof(long), isNullable: false);
    internal static readonly DataField IsReport = new("report", typeof(bool), isNullable: false);
    internal static readonly DataField Event = new("event", typeof(long), isNullable: false);
    internal static readonly DataField Message = new("message", typeof(byte[]), isNullable: true);
    internal static readonly DataField Actor = new("actor", typeof(string), isNullable: true);
    internal static readonly DataField Abusive = new("abusive", typeof(bool), isNullable: false);
    internal static readonly DataField Unseen = new("unseen", typeof(bool), isNullable: false);
    internal static readonly DataField Risk = new("risk", typeof(string), isNullable: true);
    internal static readonly DataField Condition = new("condition", typeof(int), isNullable: false);
    internal static readonly DataField TokenSlot = new("token_slot", typeof(long), isNullable: false);

    /// <summary>The whole; behind the fields above, which it numbers.</summary>
    internal static readonly ParquetSchema Schema = new(Time, IsReport, Event, Message, Actor, Abusive, Unseen, Risk, Condition, TokenSlot);
}
