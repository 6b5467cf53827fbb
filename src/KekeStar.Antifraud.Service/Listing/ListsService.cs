using System.Buffers.Binary;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Service.Listing;

/// <summary>The contract's service Lists.</summary>
internal sealed class ListsService : Lists.ListsBase
{
    // As short as the risk team can still tell entries apart by.
    private const int ShownDigits = 8;

    private readonly KeyRing _keys;
    private readonly ListJournal _journal;
    private readonly TimeProvider _time;

    /// <summary>Makes the service.</summary>
    public ListsService(KeyRing keys, ListJournal journal, TimeProvider time)
    {
        _keys = keys;
        _journal = journal;
        _time = time;
    }

    /// <inheritdoc />
    public override async Task<PutListEntryReply> PutEntry(PutListEntryRequest request, ServerCallContext context)
    {
        if (request.List is not (ListKind.Allow or ListKind.Deny or ListKind.Grey))
        {
            throw Invalid("list is missing or not a value that this version of the service knows. Send LIST_KIND_ALLOW, LIST_KIND_DENY or LIST_KIND_GREY.");
        }

        var expires = Expiry(request.ExpiresAt);
        var keys = Keys();
        var kind = KindOf(request.EntityKind);

        // The current epoch last: its pseudonym is the one that is shown.
        var shown = default(Pseudonym);
        foreach (var epoch in keys.All.Reverse())
        {
            shown = Pseudonymise(epoch, kind, request.Value);
            Check(await _journal.PutAsync(new ListEntry(epoch.Number, kind, shown, request.List, expires), context.CancellationToken));
        }

        return new PutListEntryReply { PseudonymPrefix = Shorten(shown) };
    }

    /// <inheritdoc />
    public override async Task<RemoveListEntryReply> RemoveEntry(RemoveListEntryRequest request, ServerCallContext context)
    {
        var kind = KindOf(request.EntityKind);
        var removed = false;
        foreach (var epoch in Keys().All)
        {
            var change = await _journal.RemoveAsync(epoch.Number, kind, Pseudonymise(epoch, kind, request.Value), context.CancellationToken);
            if (change != ListChange.NotFound)
            {
                Check(change);
                removed = true;
            }
        }

        return new RemoveListEntryReply { Removed = removed };
    }

    private static string Shorten(Pseudonym pseudonym)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, pseudonym.High);
        return Convert.ToHexStringLower(bytes)[..ShownDigits];
    }

    private static void Check(ListChange change)
    {
        switch (change)
        {
            case ListChange.Full:
                throw new RpcException(new Status(
                    StatusCode.ResourceExhausted, $"The lists hold {ListLimits.MaxEntries} entries already. Remove some, or wait until some expire."));
            case ListChange.StoreFailed:
                throw new RpcException(new Status(StatusCode.Unavailable, "The store does not take the change now. Try again."));
        }
    }

    private static RpcException Invalid(string message) => new(new Status(StatusCode.InvalidArgument, message));

    /// <summary>The end of an entry in Unix milliseconds. A Timestamp may hold any number of seconds, far more than a calendar.</summary>
    private long Expiry(Timestamp? expires)
    {
        const int NanosecondsPerSecond = 1_000_000_000;
        const int NanosecondsPerMillisecond = 1_000_000;
        if (expires is null)
        {
            throw Invalid("expires_at is missing. Every entry ends; send when.");
        }

        var now = _time.GetUtcNow();
        var latest = now + ListLimits.MaxLifetime;
        if (expires.Nanos is >= 0 and < NanosecondsPerSecond && expires.Seconds >= 0 && expires.Seconds <= latest.ToUnixTimeSeconds())
        {
            var milliseconds = (expires.Seconds * 1000) + (expires.Nanos / NanosecondsPerMillisecond);
            if (milliseconds > now.ToUnixTimeMilliseconds() && milliseconds <= latest.ToUnixTimeMilliseconds())
            {
                return milliseconds;
            }
        }

        throw Invalid($"expires_at must lie ahead, by at most {ListLimits.MaxLifetime.TotalDays:0} days.");
    }

    private KeySet Keys() => _keys.At(_time.GetUtcNow().ToUnixTimeMilliseconds());

    private static EntityKind KindOf(string kindName)
    {
        var kind = EntityPseudonyms.KindOf(kindName);
        if (kind == EntityKind.None)
        {
            throw Invalid("entity_kind is not a kind that can be listed. Send account, imei, meid, android_id, oaid, idfa, idfv, open_udid, guid, serial, mac, bssid, iccid, imsi, sim_serial, ip or ip_prefix.");
        }

        return kind;
    }

    private static Pseudonym Pseudonymise(KeyEpoch epoch, EntityKind kind, string value) =>
        EntityPseudonyms.TryMake(epoch, kind, Encoding.UTF8.GetBytes(value), out var pseudonym) switch
        {
            NormaliseStatus.Ok => pseudonym,
            NormaliseStatus.TooLong => throw Invalid("value is longer than an identifier of this kind can be."),
            NormaliseStatus.NullValue => throw Invalid("value is one that many devices share and that says nothing; listing it would hit honest users."),
            _ => throw Invalid("value does not have the form of an identifier of this kind."),
        };
}
