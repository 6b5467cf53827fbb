using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace KekeStar.Antifraud.Intake.References.Addresses;

/// <summary>Builds an <see cref="AddressMap{TValue}"/> from ranges; those of one family come in ascending order.</summary>
/// <typeparam name="TValue">The values.</typeparam>
internal sealed class AddressMapBuilder<TValue>
    where TValue : struct, IEquatable<TValue>
{
    private readonly RangeMapBuilder<uint, TValue> _ipv4 = new();
    private readonly RangeMapBuilder<ulong, TValue> _ipv6 = new();

    /// <summary>Adds a range.</summary>
    /// <param name="first">Its first address.</param>
    /// <param name="last">Its last address, of the same family.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if the families differ, it ends before it begins, or it begins below the one before.</returns>
    internal bool TryAdd(IPAddress first, IPAddress last, TValue value)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (first.AddressFamily != last.AddressFamily)
        {
            return false;
        }

        if (first.AddressFamily == AddressFamily.InterNetwork)
        {
            return _ipv4.TryAdd(ReadIPv4(first, bytes), ReadIPv4(last, bytes), value);
        }

        var (from, to) = (ReadIPv6(first, bytes), ReadIPv6(last, bytes));
        if (to < from)
        {
            return false;
        }

        // Only a /64 whose first address lies within takes the value; a range inside a /64 mostly leaves nothing.
        var (subnet, lastSubnet) = ((ulong)(from >> 64), (ulong)(to >> 64));
        if ((ulong)from > 0)
        {
            if (subnet == lastSubnet)
            {
                return true;
            }

            subnet++;
        }

        return _ipv6.TryAdd(subnet, lastSubnet, value);
    }

    /// <summary>The map.</summary>
    internal AddressMap<TValue> Build() => new(_ipv4.Build(), _ipv6.Build());

    private static uint ReadIPv4(IPAddress address, Span<byte> bytes)
    {
        _ = address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private static UInt128 ReadIPv6(IPAddress address, Span<byte> bytes)
    {
        _ = address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
