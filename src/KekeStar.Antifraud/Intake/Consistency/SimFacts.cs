using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Intake.Consistency;

/// <summary>
/// What one SIM card's numbers say while the card is read. Country and network codes are looked at where they lie in
/// the request; the head of the IMSI is copied here and wiped after the card.
/// </summary>
internal ref struct SimFacts
{
    private const int CountryDigits = NetworkCode.MaxLength;
    private const int HeadLength = CountryDigits + NetworkCode.MaxLength;

    private ImsiHead _head;
    private bool _hasImsi;

    /// <summary>Who issued the card, by its ICCID.</summary>
    public CardIssuer Issuer { get; set; }

    /// <summary>Reported country code; empty: none.</summary>
    public ReadOnlySpan<byte> Mcc { get; set; }

    /// <summary>Reported network code; empty: none.</summary>
    public ReadOnlySpan<byte> Mnc { get; set; }

    /// <summary>Forgets a number: its field comes again.</summary>
    public void Forget(EntityKind kind)
    {
        if (kind == EntityKind.Iccid)
        {
            Issuer = default;
        }
        else if (kind == EntityKind.Imsi)
        {
            _hasImsi = false;
        }
    }

    /// <summary>Notes what a number says.</summary>
    /// <param name="kind">What the number is.</param>
    /// <param name="normalised">Its normal form.</param>
    /// <param name="tables">The reference tables.</param>
    public void Note(EntityKind kind, scoped ReadOnlySpan<byte> normalised, ReferenceTables tables)
    {
        if (kind == EntityKind.Iccid)
        {
            Issuer = tables.CardIssuers.TryFind(normalised, out var issuer) ? issuer : default;
        }
        else if (kind == EntityKind.Imsi)
        {
            normalised[..HeadLength].CopyTo(_head);
            _hasImsi = true;
        }
    }

    /// <summary>Compares the numbers of the card with each other, and forgets them.</summary>
    public void AddTo(ref SimTally tally, OperatorTable operators)
    {
        if (_hasImsi)
        {
            Span<byte> head = _head;
            AddNetwork(ref tally, operators, head[..CountryDigits], ImsiNetwork(operators, head));
            if (!Mcc.IsEmpty)
            {
                CompareWithImsi(ref tally, operators, head);
            }

            CryptographicOperations.ZeroMemory(head);
            _hasImsi = false;
        }

        if (!Mcc.IsEmpty)
        {
            AddNetwork(ref tally, operators, Mcc, Mnc);
        }
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            number = (number * 10) + digit - '0';
        }

        return number;
    }

    // Within one country code, network codes of both lengths may exist; then the longer one is taken if it is assigned.
    private static ReadOnlySpan<byte> ImsiNetwork(OperatorTable operators, ReadOnlySpan<byte> head)
    {
        var mcc = head[..CountryDigits];
        var longest = head[CountryDigits..];
        var length = operators.NetworkDigitsOf(mcc);
        if (length == 0)
        {
            length = operators.IsAssigned(mcc, longest) ? NetworkCode.MaxLength : NetworkCode.MinNetworkLength;
        }

        return longest[..length];
    }

    private static ReadOnlySpan<byte> OtherLength(ReadOnlySpan<byte> head, int length) =>
        head.Slice(CountryDigits, NetworkCode.MinNetworkLength + NetworkCode.MaxLength - length);

    private readonly void AddNetwork(ref SimTally tally, OperatorTable operators, ReadOnlySpan<byte> mcc, ReadOnlySpan<byte> mnc)
    {
        var country = operators.CountryOf(mcc);
        tally.AddCountry(country);
        if (!mnc.IsEmpty && operators.Covers(mcc))
        {
            tally.Checks.Add(SignalCheck.NetworkUnassigned, !operators.IsAssigned(mcc, mnc));
        }

        if (!country.IsKnown || !Issuer.Country.IsKnown)
        {
            return;
        }

        tally.Checks.Add(SignalCheck.IccidImsiCountry, country != Issuer.Country);
        var operatorOfNetwork = mnc.IsEmpty ? OperatorFamily.Unknown : operators.OperatorOf(mcc, mnc);
        if (country == Issuer.Country)
        {
            tally.Checks.Compare(SignalCheck.IccidImsiOperator, Issuer.Operator, operatorOfNetwork);
        }
    }

    // "1", "01" and "001" are one network to apps that carry the code as a number; and cards of one operator may have
    // another of its codes than the network reports (460 00, 02 and 07 of China Mobile).
    private readonly void CompareWithImsi(ref SimTally tally, OperatorTable operators, ReadOnlySpan<byte> head)
    {
        var imsiMcc = head[..CountryDigits];
        var violated = !Mcc.SequenceEqual(imsiMcc);
        if (!violated && !Mnc.IsEmpty)
        {
            var network = ImsiNetwork(operators, head);
            var family = operators.OperatorOf(imsiMcc, network);
            violated = Number(Mnc) != Number(network)
                && (operators.NetworkDigitsOf(imsiMcc) != 0 || Number(Mnc) != Number(OtherLength(head, network.Length)))
                && (family == OperatorFamily.Unknown || family != operators.OperatorOf(Mcc, Mnc));
        }

        tally.Checks.Add(SignalCheck.ImsiNetworkCode, violated);
    }

    [InlineArray(HeadLength)]
    private struct ImsiHead
    {
        private byte _first;
    }
}
