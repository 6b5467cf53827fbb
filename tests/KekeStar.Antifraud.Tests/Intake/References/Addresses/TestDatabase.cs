using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KekeStar.Antifraud.Tests.Intake.References.Addresses;

/// <summary>
/// Writes small files in the MaxMind DB format, version 2.0 (https://maxmind.github.io/MaxMind-DB/), so that no
/// database of somebody else need be kept here. Records have 32 bits; IPv4 lies under ::/96.
/// </summary>
internal sealed class TestDatabase
{
    private const int IPv4Depth = 96;
    private const int SeparatorLength = 16;

    private readonly List<object> _values = [];
    private readonly Node _root = new();

    /// <summary>Adds a network; it takes its addresses from networks that were added before.</summary>
    public TestDatabase Add(string network, object value) => Add(IPNetwork.Parse(network), value);

    /// <summary>Adds a network; it takes its addresses from networks that were added before.</summary>
    public TestDatabase Add(IPNetwork network, object value)
    {
        var isIPv4 = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        var bits = new byte[16];
        network.BaseAddress.GetAddressBytes().CopyTo(bits, isIPv4 ? IPv4Depth / 8 : 0);
        var depth = network.PrefixLength + (isIPv4 ? IPv4Depth : 0);
        var leaf = new Leaf(_values.Count);
        _values.Add(value);
        var node = _root;
        for (var bit = 0; bit < depth - 1; bit++)
        {
            ref var next = ref node.Children[BitAt(bits, bit)];
            if (next is not Node)
            {
                next = new Node { Children = [next, next] };
            }

            node = (Node)next;
        }

        node.Children[BitAt(bits, depth - 1)] = leaf;
        return this;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="built">When it says it was built.</param>
    public void Write(string path, DateTimeOffset built)
    {
        var nodes = new List<Node>();
        Number(_root, nodes);
        using var data = new MemoryStream();
        var offsets = _values.ConvertAll(value =>
        {
            var offset = (uint)data.Position;
            WriteValue(data, value);
            return offset;
        });

        using var file = File.Create(path);
        foreach (var child in nodes.SelectMany(static node => node.Children))
        {
            WriteBigEndian(file, child switch
            {
                Node node => (uint)node.Number,
                Leaf leaf => (uint)nodes.Count + SeparatorLength + offsets[leaf.Value],
                _ => (uint)nodes.Count,
            });
        }

        file.Write(new byte[SeparatorLength]);
        data.WriteTo(file);
        file.Write([0xAB, 0xCD, 0xEF]);
        file.Write("MaxMind.com"u8);
        WriteValue(file, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["binary_format_major_version"] = (ushort)2,
            ["binary_format_minor_version"] = (ushort)0,
            ["build_epoch"] = (ulong)built.ToUnixTimeSeconds(),
            ["database_type"] = "Test",
            ["description"] = new Dictionary<string, object>(StringComparer.Ordinal),
            ["ip_version"] = (ushort)6,
            ["languages"] = Array.Empty<object>(),
            ["node_count"] = (uint)nodes.Count,
            ["record_size"] = (ushort)32,
        });
    }

    private static int BitAt(byte[] bits, int bit) => (bits[bit / 8] >> (7 - (bit % 8))) & 1;

    private static void Number(Node node, List<Node> nodes)
    {
        node.Number = nodes.Count;
        nodes.Add(node);
        foreach (var child in node.Children)
        {
            if (child is Node next)
            {
                Number(next, nodes);
            }
        }
    }

    private static void WriteValue(Stream stream, object value)
    {
        switch (value)
        {
            case string text:
                WriteControl(stream, 2, Encoding.UTF8.GetByteCount(text));
                stream.Write(Encoding.UTF8.GetBytes(text));
                break;
            case ushort number:
                WriteControl(stream, 5, 2);
                stream.Write([(byte)(number >> 8), (byte)number]);
                break;
            case uint number:
                WriteControl(stream, 6, 4);
                WriteBigEndian(stream, number);
                break;
            case ulong number:
                WriteControl(stream, 9, 8);
                WriteBigEndian(stream, (uint)(number >> 32));
                WriteBigEndian(stream, (uint)number);
                break;
            case Dictionary<string, object> map:
                WriteControl(stream, 7, map.Count);
                foreach (var (key, element) in map)
                {
                    WriteValue(stream, key);
                    WriteValue(stream, element);
                }

                break;
            case object[] array:
                WriteControl(stream, 11, array.Length);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value));
        }
    }

    /// <summary>Type in the high three bits, or 0 there and the type less 7 in the next byte; size below 29 in the low five.</summary>
    private static void WriteControl(Stream stream, int type, int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 28);
        stream.WriteByte((byte)((type > 7 ? 0 : type << 5) | size));
        if (type > 7)
        {
            stream.WriteByte((byte)(type - 7));
        }
    }

    private static void WriteBigEndian(Stream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        stream.Write(bytes);
    }

    private sealed class Node
    {
        public object?[] Children { get; init; } = new object?[2];

        public int Number { get; set; }
    }

    private sealed record Leaf(int Value);
}
