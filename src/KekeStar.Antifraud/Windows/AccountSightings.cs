using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Where, with which installation and with which SIM card an account was used, as its own log tells in front of an
/// event. What an event brings belongs to the account if the account's first attempt that told it had the same, or one
/// at least a day ago: so a thief's own attempts do not make the thief's things the account's.
/// </summary>
/// <param name="IsNewInstall">True: another installation than the account's; null: unknown.</param>
/// <param name="IsNewCard">True: no SIM card of the event is the account's; null: unknown.</param>
/// <param name="IsNewCountry">True: the address is of another country than the account's; null: unknown.</param>
/// <param name="Countries">Different countries in the last 24 hours, the event's included; 0: its own is unknown.</param>
/// <param name="Networks">Different networks in the last 24 hours, the event's included; 0: it has none.</param>
/// <param name="IsTravelImpossible">
/// True: within an hour of the event the account was used in a country that is at least 900 km away, and the event's is not
/// the account's. Null: unknown, because of the event or because the hour holds no attempt whose place is known.
/// </param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AccountSightings(
    bool? IsNewInstall, bool? IsNewCard, bool? IsNewCountry, int Countries, int Networks, bool? IsTravelImpossible)
{
    /// <summary>Time within which nobody gets from one country to another that is 900 km away: 1 hour.</summary>
    public const long TravelMilliseconds = 3_600_000;

    private const long DayMilliseconds = 86_400_000;
    private const int NetworkPlaces = 2 * WindowLimits.TailRecords;

    private static readonly long SkewMilliseconds = (long)IntakeLimits.MaxClockSkew.TotalMilliseconds;

    /// <summary>Reads what is in front of an event.</summary>
    /// <param name="tail">The tail of the account's log.</param>
    /// <param name="findings">What counting found in it.</param>
    /// <param name="own">The event's record, as written to the account's log.</param>
    /// <param name="secondCard">The <see cref="DeviceMark"/> of the event's second SIM card; 0: none.</param>
    [SkipLocalsInit]
    public static AccountSightings Read(ReadOnlySpan<byte> tail, in TailFindings findings, in WindowRecord own, byte secondCard)
    {
        Span<ulong> countries = stackalloc ulong[(CountryDistances.Codes / 64) + 1];
        Span<uint> networks = stackalloc uint[NetworkPlaces];
        countries.Clear();
        networks.Clear();
        var country = AccountContext.Country(own.Account);
        int countryCount = Add(countries, country), networkCount = Add(networks, AccountContext.Network(own.Account));
        Belongings installs = default, cards = default, homes = default;
        bool hasPlace = false, isFar = false;
        foreach (var record in new EarlierAttempts(tail, findings, own))
        {
            var age = own.TimeMilliseconds - record.TimeMilliseconds;
            var isSettled = age >= DayMilliseconds;
            var at = AccountContext.Country(record.Account);
            installs.Add(record.Install, record.Install == own.Install, isSettled);
            cards.Add(record.Hardware, record.Hardware == own.Hardware || record.Hardware == secondCard, isSettled);
            homes.Add(at.Value, at == country, isSettled);
            if (!isSettled && age >= -SkewMilliseconds)
            {
                countryCount += Add(countries, at);
                networkCount += Add(networks, AccountContext.Network(record.Account));
            }

            if (Math.Abs(age) < TravelMilliseconds && AccountContext.IsPlace(record.Account))
            {
                hasPlace = true;
                isFar |= CountryDistances.AreFarApart(at, country);
            }
        }

        var hasCard = own.Hardware != 0 || secondCard != 0;
        return new AccountSightings(
            installs.IsNew(own.Install != 0),
            cards.IsNew(hasCard),
            homes.IsNew(country.IsKnown),
            country.IsKnown ? countryCount : 0,
            AccountContext.Network(own.Account) == 0 ? 0 : networkCount,
            hasPlace && AccountContext.IsPlace(own.Account) ? isFar && homes.IsNew(true) == true : null);
    }

    private static int Add(Span<ulong> countries, CountryCode country)
    {
        ref var word = ref countries[country.Value / 64];
        var bit = 1UL << (country.Value % 64);
        var isNew = country.IsKnown && (word & bit) == 0;
        word |= bit;
        return isNew ? 1 : 0;
    }

    private static int Add(Span<uint> networks, uint network)
    {
        if (network == 0)
        {
            return 0;
        }

        var place = (int)(network % NetworkPlaces);
        while (networks[place] != 0)
        {
            if (networks[place] == network)
            {
                return 0;
            }

            place = (place + 1) % NetworkPlaces;
        }

        networks[place] = network;
        return 1;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Belongings
    {
        private bool _hasAny;
        private bool _isOwn;

        public void Add(int value, bool isSame, bool isSettled)
        {
            if (value != 0)
            {
                _isOwn |= isSame && (isSettled || !_hasAny);
                _hasAny = true;
            }
        }

        public readonly bool? IsNew(bool isKnown) => isKnown && _hasAny ? !_isOwn : null;
    }
}
