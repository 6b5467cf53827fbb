using System.Buffers.Binary;

namespace KekeStar.Antifraud.Intake.References.Addresses;

/// <summary>
/// A value for every IP address: IPv4 by its 32 bits, IPv6 by its first 64, since a /64 is one subnet (RFC 4291 clause
/// 2.5.4) and finer data tells of single machines. The value of a /64 is that of its first address.
/// </summary>
/// <typeparam name="TValue">What is known of an address; its default value means unknown.</typeparam>
/// <param name="IPv4">By address.</param>
/// <param name="IPv6">By the first 64 bits.</param>
internal sealed record AddressMap<TValue>(RangeMap<uint, TValue> IPv4, RangeMap<ulong, TValue> IPv6)
    where TValue : struct, IEquatable<TValue>
{
    private const int MappedOffset = 12;

    /// <summary>Number of ranges, gaps included.</summary>
    internal int Count => IPv4.Count + IPv6.Count;

    /// <summary>True if nothing is known of any address.</summary>
    internal bool IsEmpty => Count == 2 && IPv4.Values[0].Equals(default) && IPv6.Values[0].Equals(default);

    /// <summary>The value of an address.</summary>
    /// <param name="address16">16 bytes; IPv4 in its mapped form, of which only the last four are read.</param>
    /// <param name="isIPv4">True if it is an IPv4 address.</param>
    internal TValue Find(ReadOnlySpan<byte> address16, bool isIPv4) => isIPv4
        ? IPv4.Find(BinaryPrimitives.ReadUInt32BigEndian(address16[MappedOffset..]))
        : IPv6.Find(BinaryPrimitives.ReadUInt64BigEndian(address16));

    /// <summary>Joins two maps.</summary>
    internal AddressMap<TResult> Join<TOther, TResult>(AddressMap<TOther> other, Func<TValue, TOther, TResult> join)
        where TOther : struct, IEquatable<TOther>
        where TResult : struct, IEquatable<TResult> =>
        new(IPv4.Join(other.IPv4, join), IPv6.Join(other.IPv6, join));
}
