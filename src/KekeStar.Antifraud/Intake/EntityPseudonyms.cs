using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Intake;

/// <summary>Makes the pseudonym of a single identifier outside of an event, exactly as intake makes it within one.</summary>
internal static class EntityPseudonyms
{
    /// <summary>The kind that a signal's name stands for; None: no kind that can be named from outside.</summary>
    public static EntityKind KindOf(string name) => name switch
    {
        "account" => EntityKind.Account,
        "imei" => EntityKind.Imei,
        "meid" => EntityKind.Meid,
        "android_id" => EntityKind.AndroidId,
        "oaid" => EntityKind.Oaid,
        "idfa" => EntityKind.Idfa,
        "idfv" => EntityKind.Idfv,
        "open_udid" => EntityKind.OpenUdid,
        "guid" => EntityKind.Guid,
        "serial" => EntityKind.Serial,
        "mac" => EntityKind.Mac,
        "bssid" => EntityKind.Bssid,
        "iccid" => EntityKind.Iccid,
        "imsi" => EntityKind.Imsi,
        "sim_serial" => EntityKind.SimSerial,
        "ip" => EntityKind.Ip,
        "ip_prefix" => EntityKind.IpPrefix,
        _ => EntityKind.None,
    };

    /// <summary>Makes the pseudonym of an identifier.</summary>
    /// <param name="epoch">The key epoch.</param>
    /// <param name="kind">What the identifier is; for an IP prefix, any address in it.</param>
    /// <param name="value">The identifier in any form that intake accepts.</param>
    /// <param name="pseudonym">Its pseudonym.</param>
    public static NormaliseStatus TryMake(KeyEpoch epoch, EntityKind kind, ReadOnlySpan<byte> value, out Pseudonym pseudonym)
    {
        pseudonym = default;
        if (kind == EntityKind.Account)
        {
            if (value.Length > IntakeLimits.MaxAccountIdBytes)
            {
                return NormaliseStatus.TooLong;
            }

            if (value.IsEmpty)
            {
                return NormaliseStatus.Malformed;
            }

            pseudonym = epoch.Pseudonymise(kind, value);
            return NormaliseStatus.Ok;
        }

        Span<byte> normalised = stackalloc byte[IdentifierNormaliser.MaxNormalisedLength];
        var status = kind is EntityKind.Ip or EntityKind.IpPrefix
            ? NormaliseAddress(kind, value, normalised, out var length)
            : IdentifierNormaliser.Normalise(kind, value, normalised, out length);
        if (status == NormaliseStatus.Ok)
        {
            pseudonym = epoch.Pseudonymise(kind, normalised[..length]);
        }

        normalised.Clear();
        return status;
    }

    private static NormaliseStatus NormaliseAddress(EntityKind kind, ReadOnlySpan<byte> value, Span<byte> destination, out int length)
    {
        const int AddressLength = 16;
        Span<byte> address = stackalloc byte[AddressLength];
        length = AddressLength;
        var status = ClientAddress.TryParse(value, address, out var isIPv4);
        if (status != NormaliseStatus.Ok)
        {
            return status;
        }

        if (kind == EntityKind.Ip)
        {
            address.CopyTo(destination);
        }
        else
        {
            length = ClientAddress.WritePrefix(address, isIPv4, destination);
        }

        return NormaliseStatus.Ok;
    }
}
