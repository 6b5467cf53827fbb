using System.Net;
using System.Net.Sockets;
using KekeStar.Antifraud.Intake.References.Addresses;

namespace KekeStar.Antifraud.Tests.Intake.References.Addresses;

/// <summary>Asks tables and databases about the same addresses.</summary>
internal static class AddressOracle
{
    /// <summary>The table's answer.</summary>
    public static TValue Find<TValue>(AddressMap<TValue> map, IPAddress address)
        where TValue : struct, IEquatable<TValue> =>
        map.Find(Address16(address), address.AddressFamily == AddressFamily.InterNetwork);

    /// <summary>The address as the intake gives it.</summary>
    public static byte[] Address16(IPAddress address) => address.MapToIPv6().GetAddressBytes();

    /// <summary>The address for which a database is asked: of IPv6 the first of the /64.</summary>
    public static IPAddress OfSubnet(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (bytes.Length > 4)
        {
            bytes.AsSpan(8).Clear();
        }

        return new IPAddress(bytes);
    }

    /// <summary>The first and last address of a network, and the ones before and after it where there are any.</summary>
    public static IEnumerable<IPAddress> Borders(IPNetwork network)
    {
        var first = network.BaseAddress.GetAddressBytes();
        var last = (byte[])first.Clone();
        for (var bit = network.PrefixLength; bit < last.Length * 8; bit++)
        {
            last[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        // A network inside a /64 is asked about by its /64; the neighbour of a wider one is a /64 as well.
        var step = first.Length == 4 ? 3 : 7;
        return [new(first), new(last), new(Moved(first, step, -1)), new(Moved(last, step, 1))];
    }

    private static byte[] Moved(byte[] address, int lastByte, int by)
    {
        var moved = (byte[])address.Clone();
        for (var i = lastByte; i >= 0; i--)
        {
            moved[i] = (byte)(moved[i] + by);
            if (moved[i] != (by > 0 ? 0 : 0xFF))
            {
                break;
            }
        }

        return moved;
    }
}
