using Google.Protobuf;
using Google.Protobuf.Reflection;
using KekeStar.Antifraud.Tests.Wire;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>Every way to send each field of a request wrongly, from the descriptors of the generated code.</summary>
internal static class BadFields
{
    internal static readonly byte[] InvalidUtf8 = [(byte)'4', 0xC3, 0x28];

    // Several sub-strings of it are looked for wherever text comes out.
    internal static ReadOnlySpan<byte> Canary => "CANARY-7f3a9c-@#"u8;

    /// <summary>All faults of a field.</summary>
    internal static IEnumerable<BadField> Of(FieldDescriptor field)
    {
        var number = field.FieldNumber;
        foreach (var type in WireBytes.AllTypes.Where(type => !Accepts(field, type)))
        {
            yield return new BadField(Fault.WrongType, WireBytes.OfType(number, type));
        }

        var right = TypeOf(field);
        if (right == WireType.LengthDelimited)
        {
            yield return new BadField(Fault.Truncated, [.. WireBytes.Tag(number, right), .. WireBytes.Varint(ulong.MaxValue), 1, 2]);
            yield return new BadField(Fault.Truncated, [.. WireBytes.Tag(number, right), 0xFF, 0xFF, 0x7F, 1, 2]);
        }
        else
        {
            yield return new BadField(Fault.Truncated, WireBytes.Tag(number, right));
        }

        if (right == WireType.Varint)
        {
            byte[] eleven = [.. Enumerable.Repeat((byte)0xFF, 10), 1];
            yield return new BadField(Fault.Truncated, [.. WireBytes.Tag(number, right), .. eleven]);
        }

        foreach (var fault in field.FieldType switch
        {
            FieldType.String or FieldType.Bytes => TextFaults(field),
            FieldType.Enum => NumberFaults(field, (1ul << 32) + 1, 9_999, 0x7FFF_FFFF),
            FieldType.UInt32 => NumberFaults(field, 1_001, (1ul << 32) + 1),
            FieldType.Int64 or FieldType.Int32 => NumberFaults(field, 1ul << 62),
            _ => [],
        })
        {
            yield return fault;
        }
    }

    internal static WireType TypeOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String or FieldType.Bytes or FieldType.Message => WireType.LengthDelimited,
        FieldType.Float => WireType.Fixed32,
        FieldType.Double => WireType.Fixed64,
        _ => WireType.Varint,
    };

    /// <summary>The request with a field's value taken out and other bytes, or none, put in its place.</summary>
    internal static byte[] Embed(IMessage root, ReadOnlySpan<FieldDescriptor> path, ReadOnlySpan<byte> raw, bool keep = false)
    {
        var field = path[0];
        var rest = root.Descriptor.Parser.ParseFrom(root.ToByteArray());
        if (path.Length == 1)
        {
            if (!keep)
            {
                field.Accessor.Clear(rest);
            }

            return [.. rest.ToByteArray(), .. raw];
        }

        var children = field.IsRepeated
            ? ((System.Collections.IList)field.Accessor.GetValue(rest)).Cast<IMessage>().ToList()
            : [(IMessage)field.Accessor.GetValue(rest)];
        var changed = WireBytes.Bytes(field.FieldNumber, Embed(children[0], path[1..], raw, keep));
        field.Accessor.Clear(rest);
        return
        [
            .. rest.ToByteArray(), .. changed,
            .. children.Skip(1).SelectMany(child => WireBytes.Bytes(field.FieldNumber, child.ToByteArray())),
        ];
    }

    // A list of numbers may be packed: then it is length-delimited.
    private static bool Accepts(FieldDescriptor field, WireType type) =>
        type == TypeOf(field)
        || (field.IsRepeated && type == WireType.LengthDelimited && field.FieldType is not (FieldType.String or FieldType.Message));

    private static IEnumerable<BadField> TextFaults(FieldDescriptor field)
    {
        var number = field.FieldNumber;
        var huge = new byte[40_000];
        huge.AsSpan().Fill((byte)'7');
        yield return new BadField(Fault.TooLong, WireBytes.Bytes(number, huge));
        byte[] canaries = [.. Enumerable.Repeat(Canary.ToArray(), 10).SelectMany(canary => canary)];
        yield return new BadField(Fault.TooLong, WireBytes.Bytes(number, canaries));
        yield return new BadField(Fault.Empty, WireBytes.Bytes(number, []));
        yield return new BadField(Fault.Content, WireBytes.Bytes(number, Canary[^2..]));
        yield return new BadField(Fault.Null, WireBytes.Bytes(number, "unknown"u8));
        if (field.FieldType == FieldType.String)
        {
            yield return new BadField(Fault.InvalidUtf8, WireBytes.Bytes(number, InvalidUtf8));
            yield return new BadField(Fault.InvalidUtf8, WireBytes.Bytes(number, [0xC0, 0x80]));
            yield return new BadField(Fault.InvalidUtf8, WireBytes.Bytes(number, [0xED, 0xA0, 0x80]));
        }
    }

    private static IEnumerable<BadField> NumberFaults(FieldDescriptor field, params ulong[] values) =>
        values.Append(unchecked((ulong)-1L)).Append(ulong.MaxValue >> 1).Append(1ul << 63)
            .Select(value => new BadField(Fault.Content, WireBytes.Number(field.FieldNumber, value)));
}

/// <summary>One wrong field.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Raw">Its bytes.</param>
internal sealed record BadField(Fault Fault, byte[] Raw);

/// <summary>What can be wrong with a field.</summary>
internal enum Fault
{
    WrongType,
    Truncated,
    TooLong,
    Empty,
    Content,
    Null,
    InvalidUtf8,
}
