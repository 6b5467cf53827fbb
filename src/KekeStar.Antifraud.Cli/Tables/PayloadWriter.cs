using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>Writes the lists that tables are made of; their forms are described at NameList and NumberList.</summary>
internal sealed class PayloadWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>Writes bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    /// <summary>Writes names with their values, in the order given.</summary>
    public void WriteNames(IReadOnlyCollection<KeyValuePair<string, byte[]>> names)
    {
        WriteNumber((uint)names.Count);
        uint end = 0;
        WriteNumber(end);
        foreach (var (name, _) in names)
        {
            end += (uint)Encoding.UTF8.GetByteCount(name);
            WriteNumber(end);
        }

        foreach (var (name, _) in names)
        {
            Write(Encoding.UTF8.GetBytes(name));
        }

        foreach (var (_, value) in names)
        {
            Write(value);
        }
    }

    /// <summary>Writes numbers with their values, ascending.</summary>
    public void WriteNumbers(SortedDictionary<uint, byte[]> numbers)
    {
        foreach (var (number, value) in numbers)
        {
            WriteNumber(number);
            Write(value);
        }
    }

    private void WriteNumber(uint number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        _bytes.Write(bytes);
    }
}
