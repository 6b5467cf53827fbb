using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>Makes numbers of phones and cards that are well formed and lie in the ranges that their issuers were given.</summary>
internal sealed class DeviceNumbers(Random random)
{
    /// <summary>An IMEI of a maker, or of a code that no table has.</summary>
    internal string Imei(ushort maker)
    {
        var tacs = TableContents.Tacs[maker].ToList();
        var body = (tacs.Count == 0 ? One("86", "35") + Digits(6) : tacs[random.Next(tacs.Count)]) + Digits(6);
        return random.Next(4) switch
        {
            0 => body,
            1 => body + "0" + Digits(1),
            2 => body + "0",
            _ => body + CheckDigit(body),
        };
    }

    /// <summary>A MAC address of a maker; a random one if the maker has none.</summary>
    internal string Mac(ushort maker)
    {
        var ouis = TableContents.Ouis[maker].ToList();
        return ouis.Count == 0 ? "02" + Hex(10) : ouis[random.Next(ouis.Count)] + Hex(6);
    }

    /// <summary>A card with the numbers of one country and operator.</summary>
    internal SimSignals Card(ushort country)
    {
        var networks = TableContents.Networks.Where(network => network.Country == country).ToList();
        var network = networks[random.Next(networks.Count)];
        var heads = TableContents.Cards[country].Where(card => network.Operator == 0 || card.Operator == network.Operator || card.Operator == 0).ToList();
        if (network.Operator != 0 && heads.Exists(card => card.Operator == network.Operator))
        {
            heads.RemoveAll(card => card.Operator == 0);
        }

        return new SimSignals
        {
            Iccid = Iccid(heads[random.Next(heads.Count)].Head),
            Imsi = network.Mcc + network.Mnc + Digits(10 - (network.Mnc.Length - 2)),
            Mcc = network.Mcc,
            Mnc = network.Mnc.Length == 2 && random.Next(10) == 0 ? "0" + network.Mnc : network.Mnc,
        };
    }

    /// <summary>So many random decimal digits.</summary>
    internal string Digits(int count) => new([.. Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10)))]);

    /// <summary>A card number that begins so and with no longer head of another issuer.</summary>
    internal string Iccid(string head)
    {
        string number;
        do
        {
            number = head + Digits(18 - head.Length);
        }
        while (Enumerable.Range(head.Length + 1, 8 - head.Length).Any(length => TableContents.CardHeads.Contains(number[..length])));

        return random.Next(3) switch
        {
            0 => number,
            1 => number + CheckDigit(number),
            _ => number + Digits(2),
        };
    }

    // The check digit of ISO/IEC 7812-1, annex B (Luhn).
    private static char CheckDigit(string body)
    {
        var sum = 0;
        for (var index = 0; index < body.Length; index++)
        {
            var value = (body[body.Length - 1 - index] - '0') << ((index + 1) % 2);
            sum += value > 9 ? value - 9 : value;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }

    private string Hex(int count) => new([.. Enumerable.Range(0, count).Select(_ => "0123456789abcdef"[random.Next(16)])]);

    private string One(params string[] values) => values[random.Next(values.Length)];
}
