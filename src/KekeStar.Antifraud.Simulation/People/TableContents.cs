using System.Buffers.Binary;
using System.Globalization;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>
/// What stands in the shipped tables, read entry by entry and grouped the other way round: codes by maker, networks and
/// cards by country. So sets that agree can be made without the look-ups that the checks use.
/// </summary>
internal static class TableContents
{
    private const int CountryBytes = OperatorTable.CountryCodes * sizeof(ushort);

    /// <summary>Maker's number by its name.</summary>
    internal static IReadOnlyDictionary<string, ushort> Makers { get; } =
        ReferenceTables.Embedded.Brands.Makers.ToDictionary(maker => maker.Value, maker => maker.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Type allocation codes by maker: 8 digits.</summary>
    internal static ILookup<ushort, string> Tacs { get; } = ByMaker(TableKind.Tacs, "D8");

    /// <summary>MAC prefixes by maker: 6 hexadecimal digits; group and locally administered ones left out.</summary>
    internal static ILookup<ushort, string> Ouis { get; } = ByMaker(TableKind.Ouis, "x6");

    /// <summary>Networks whose country is known.</summary>
    internal static IReadOnlyList<Network> Networks { get; } = [.. ReadNetworks()];

    /// <summary>Heads of card numbers, the longest first, whose country is known.</summary>
    internal static ILookup<ushort, Card> Cards { get; } = ReadCards().Where(card => card.Country != 0).ToLookup(card => card.Country);

    /// <summary>All heads of card numbers.</summary>
    internal static IReadOnlySet<string> CardHeads { get; } = ReadCards().Select(card => card.Head).ToHashSet(StringComparer.Ordinal);

    private static (byte[] Payload, string Place) Read(TableKind kind)
    {
        var (bytes, place) = TableFolder.ReadShipped(kind);
        return (TableFile.Parse(bytes, kind, place).Payload, place);
    }

    private static ILookup<ushort, string> ByMaker(TableKind kind, string format)
    {
        var (payload, place) = Read(kind);
        var list = new NumberList(payload, sizeof(ushort), place);
        return Enumerable.Range(0, list.Count).ToLookup(
            index => BinaryPrimitives.ReadUInt16LittleEndian(list.Value(index)),
            index => list.Number(index).ToString(format, CultureInfo.InvariantCulture));
    }

    private static IEnumerable<Network> ReadNetworks()
    {
        var (payload, place) = Read(TableKind.Operators);
        var list = new NumberList(payload[(CountryBytes + OperatorTable.CountryCodes)..], sizeof(byte), place);
        for (var index = 0; index < list.Count; index++)
        {
            // As OperatorTable.Key writes it: two-digit codes as 0 to 99, three-digit ones as 100 to 1099.
            var number = (int)list.Number(index);
            var (mcc, mnc) = (number >> 12, number & 0xFFF);
            var country = BinaryPrimitives.ReadUInt16LittleEndian(payload.AsSpan(mcc * sizeof(ushort)));
            if (country != 0)
            {
                yield return new Network(Digits(mcc, 3), mnc < 100 ? Digits(mnc, 2) : Digits(mnc - 100, 3), country, list.Value(index)[0]);
            }
        }
    }

    private static IEnumerable<Card> ReadCards()
    {
        var (payload, place) = Read(TableKind.CardIssuers);
        var list = new NumberList(payload, CardIssuerTable.ValueSize, place);
        for (var index = 0; index < list.Count; index++)
        {
            var (head, digits) = Math.DivRem((int)list.Number(index), CardIssuerTable.MaxDigits + 1);
            yield return new Card(
                Digits(head, digits), BinaryPrimitives.ReadUInt16LittleEndian(list.Value(index)), list.Value(index)[sizeof(ushort)]);
        }
    }

    private static string Digits(int number, int digits) => number.ToString("D" + digits, CultureInfo.InvariantCulture);
}
