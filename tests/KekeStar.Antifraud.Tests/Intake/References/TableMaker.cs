using System.Buffers.Binary;
using System.Text;
using KekeStar.Antifraud.Cli.Tables;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Tests.Intake.References;

/// <summary>Makes small tables.</summary>
internal static class TableMaker
{
    /// <summary>A file of any kind with this payload.</summary>
    public static TableFile File(TableKind kind, byte[] payload) =>
        new(new TableHeader(kind, new DateOnly(2026, 11, 25), 1, "a test", "none"), payload);

    /// <summary>A list of names with values.</summary>
    public static byte[] Names(params (string Name, byte[] Value)[] names)
    {
        var payload = new PayloadWriter();
        payload.WriteNames([.. names.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))]);
        return payload.ToArray();
    }

    /// <summary>A list of numbers with values, in the order given.</summary>
    public static byte[] Numbers(params (uint Number, byte[] Value)[] numbers) => [.. numbers.SelectMany(entry =>
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, entry.Number);
        return bytes.Concat(entry.Value);
    })];

    /// <summary>A 16-bit value.</summary>
    public static byte[] Short(ushort value) => ShortBytes.Of(value);

    /// <summary>The bytes of a text.</summary>
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
