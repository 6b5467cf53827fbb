using System.Buffers;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Service.Listing;

/// <summary>Reads the requests of the service Lists from their bytes; the identifier is pseudonymised where it lies.</summary>
internal sealed class ListRequestReader
{
    private const int LongestKindName = 10;

    private static readonly SearchValues<byte> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_"u8);

    private readonly KeyRing _keys;
    private readonly TimeProvider _time;

    /// <summary>Reads under the epochs of a ring.</summary>
    public ListRequestReader(KeyRing keys, TimeProvider time)
    {
        _keys = keys;
        _time = time;
    }

    /// <summary>Reads a PutListEntryRequest.</summary>
    public ListRequest ReadPut(ReadOnlySpan<byte> message)
    {
        var fields = Fields.Read(message);
        if (fields.IsMalformed)
        {
            return Malformed();
        }

        return fields.HasExpiry
            ? ReadPut(fields.Kind, fields.Value, (ListKind)fields.List, fields.ExpirySeconds, fields.ExpiryNanos)
            : IsList((ListKind)fields.List)
                ? Invalid("expires_at is missing. Every entry ends; send when.")
                : UnknownList();
    }

    /// <summary>Makes the request of its parts, the identifier still where it lies.</summary>
    /// <param name="kind">Name of the kind of entity.</param>
    /// <param name="value">The identifier, UTF-8.</param>
    /// <param name="list">The list.</param>
    /// <param name="seconds">When the entry ends, Unix seconds.</param>
    /// <param name="nanos">Nanoseconds on top.</param>
    public ListRequest ReadPut(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> value, ListKind list, long seconds, int nanos)
    {
        if (!IsList(list))
        {
            return UnknownList();
        }

        return Expiry(seconds, nanos) is { } expires
            ? ReadEntity(kind, value) with { List = list, ExpiresMilliseconds = expires }
            : Invalid($"expires_at must lie ahead, by at most {ListLimits.MaxLifetime.TotalDays:0} days.");
    }

    /// <summary>Reads a RemoveListEntryRequest.</summary>
    public ListRequest ReadRemove(ReadOnlySpan<byte> message)
    {
        // Both messages begin with the same two fields; the others are no fields of this one, and no harm in it.
        var fields = Fields.Read(message);
        return fields.IsMalformed ? Malformed() : ReadEntity(fields.Kind, fields.Value);
    }

    /// <summary>Makes a request of the entity alone, as for a removal.</summary>
    public ListRequest ReadEntity(ReadOnlySpan<byte> kindName, ReadOnlySpan<byte> value)
    {
        var name = KindName(kindName);
        var kind = EntityPseudonyms.KindOf(name);
        if (kind == EntityKind.None)
        {
            return Invalid("entity_kind is not a kind that can be listed. Send account, imei, meid, android_id, oaid, idfa, idfv, open_udid, guid, serial, mac, bssid, iccid, imsi, sim_serial, ip or ip_prefix.");
        }

        var entities = new List<ListedEntity>();
        foreach (var epoch in _keys.At(_time.GetUtcNow().ToUnixTimeMilliseconds()).All)
        {
            var status = EntityPseudonyms.TryMake(epoch, kind, value, out var pseudonym);
            if (status != NormaliseStatus.Ok)
            {
                return Invalid(status switch
                {
                    NormaliseStatus.TooLong => "value is longer than an identifier of this kind can be.",
                    NormaliseStatus.NullValue or NormaliseStatus.EmulatorDefault => "value is one that many devices share and that says nothing; listing it would hit honest users.",
                    _ => "value does not have the form of an identifier of this kind.",
                });
            }

            entities.Add(new ListedEntity(epoch.Number, pseudonym));
        }

        return new ListRequest { Kind = kind, KindName = name, Entities = entities };
    }

    private static bool IsList(ListKind list) => list is ListKind.Allow or ListKind.Deny or ListKind.Grey;

    private static ListRequest UnknownList() =>
        Invalid("list is missing or not a value that this version of the service knows. Send LIST_KIND_ALLOW, LIST_KIND_DENY or LIST_KIND_GREY.");

    private static ListRequest Malformed() => Invalid(RequestErrorText.Of(RequestError.NotProtobuf));

    private static ListRequest Invalid(string error) => new() { Error = error };

    // A name that is none may be an identifier in the wrong field: no string is made of it.
    private static string KindName(ReadOnlySpan<byte> name) =>
        name.Length <= LongestKindName && !name.ContainsAnyExcept(NameCharacters) ? Encoding.ASCII.GetString(name) : "";

    /// <summary>The end of an entry in Unix milliseconds. A Timestamp may hold any number of seconds, far more than a calendar.</summary>
    private long? Expiry(long seconds, int nanos)
    {
        const int NanosecondsPerSecond = 1_000_000_000;
        const int NanosecondsPerMillisecond = 1_000_000;
        var now = _time.GetUtcNow();
        var latest = now + ListLimits.MaxLifetime;
        if (nanos is < 0 or >= NanosecondsPerSecond || seconds < 0 || seconds > latest.ToUnixTimeSeconds())
        {
            return null;
        }

        var milliseconds = (seconds * 1000) + (nanos / NanosecondsPerMillisecond);
        return milliseconds > now.ToUnixTimeMilliseconds() && milliseconds <= latest.ToUnixTimeMilliseconds() ? milliseconds : null;
    }

    /// <summary>The fields where they lie.</summary>
    private ref struct Fields
    {
        public ReadOnlySpan<byte> Kind;
        public ReadOnlySpan<byte> Value;
        public int List;
        public bool HasExpiry;
        public long ExpirySeconds;
        public int ExpiryNanos;
        public bool IsMalformed;

        public static Fields Read(ReadOnlySpan<byte> message)
        {
            var fields = default(Fields);
            var reader = new ProtobufReader(message);
            while (reader.TryReadTag(out var field))
            {
                switch (field, reader.WireType)
                {
                    case (PutListEntryRequest.EntityKindFieldNumber, WireType.LengthDelimited):
                        fields.Kind = reader.ReadBytes();
                        break;
                    case (PutListEntryRequest.ValueFieldNumber, WireType.LengthDelimited):
                        fields.Value = reader.ReadBytes();
                        break;
                    case (PutListEntryRequest.ListFieldNumber, WireType.Varint):
                        fields.List = (int)reader.ReadVarint();
                        break;
                    case (PutListEntryRequest.ExpiresAtFieldNumber, WireType.LengthDelimited):
                        fields.ReadExpiry(reader.ReadBytes());
                        break;
                    default:
                        // As generated code does with a field of another wire type: it is not this field.
                        reader.Skip();
                        break;
                }
            }

            fields.IsMalformed |= reader.IsMalformed;
            return fields;
        }

        private void ReadExpiry(ReadOnlySpan<byte> timestamp)
        {
            HasExpiry = true;
            var reader = new ProtobufReader(timestamp);
            while (reader.TryReadTag(out var field))
            {
                switch (field, reader.WireType)
                {
                    case (Timestamp.SecondsFieldNumber, WireType.Varint):
                        ExpirySeconds = (long)reader.ReadVarint();
                        break;
                    case (Timestamp.NanosFieldNumber, WireType.Varint):
                        ExpiryNanos = (int)reader.ReadVarint();
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            IsMalformed |= reader.IsMalformed;
        }
    }
}
