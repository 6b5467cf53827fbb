using System.Net;
using MaxMind.Db;

namespace KekeStar.Antifraud.Intake.References.Addresses;

/// <summary>
/// Reads a file in the MaxMind DB format (https://maxmind.github.io/MaxMind-DB/) into ranges. Its own lookup walks up
/// to 128 nodes and makes objects; it is used once, at load.
/// </summary>
internal static class AddressDatabase
{
    /// <summary>Reads the whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Takes the value out of the data of a network; the default value leaves the network out.</param>
    /// <typeparam name="TValue">The values.</typeparam>
    /// <returns>The ranges, and the day on which the file says it was built.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or holds no such value; the message names the file.</exception>
    internal static (AddressMap<TValue> Map, DateOnly Built) Read<TValue>(string path, Func<Dictionary<string, object>, TValue> read)
        where TValue : struct, IEquatable<TValue>
    {
        try
        {
            using var reader = new Reader(path, FileAccessMode.Memory);
            var builder = new AddressMapBuilder<TValue>();
            foreach (var node in reader.FindAll<Dictionary<string, object>>())
            {
                var value = read(node.Data);
                if (!value.Equals(default) && !builder.TryAdd(node.Start, LastOf(node.Start, node.PrefixLength), value))
                {
                    throw new InvalidDataException($"{path}: networks are not in order at {node.Start}/{node.PrefixLength}.");
                }
            }

            return (builder.Build(), DateOnly.FromDateTime(reader.Metadata.BuildDate));
        }
        catch (Exception exception) when (exception is InvalidDatabaseException or DeserializationException or ArgumentException
            or FormatException or IndexOutOfRangeException or InvalidCastException or OverflowException)
        {
            throw new InvalidDataException($"{path}: not a MaxMind DB file of the kind that is expected ({exception.Message})", exception);
        }
    }

    private static IPAddress LastOf(IPAddress first, int prefixLength)
    {
        var bytes = first.GetAddressBytes();
        for (var bit = prefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return new IPAddress(bytes);
    }
}
