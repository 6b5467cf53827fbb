using System.Runtime.InteropServices;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Service.Privacy;

/// <summary>Where the fields of a request of the service Privacy stand; 0: the message has no such field.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PrivacyFieldNumbers(int Account, int Purpose, int KeepDenyEntry = 0, int Categories = 0, int Event = 0, int Outcome = 0);

/// <summary>The fields of a request where they lie.</summary>
internal ref struct PrivacyFields
{
    public ReadOnlySpan<byte> Account;
    public ReadOnlySpan<byte> Event;
    public ReadOnlySpan<byte> Purpose;
    public bool KeepDenyEntry;
    public uint Categories;
    public bool HasUnknownCategory;
    public ulong Outcome;
    public bool IsMalformed;

    private const ulong MaxCategories = 32;

    /// <summary>Reads a message. A field of another wire type than the contract's is not that field, as in generated code.</summary>
    public static PrivacyFields Read(ReadOnlySpan<byte> message, in PrivacyFieldNumbers numbers)
    {
        var fields = default(PrivacyFields);
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out var field))
        {
            switch (reader.WireType)
            {
                case WireType.LengthDelimited when field == numbers.Account:
                    fields.Account = reader.ReadBytes();
                    break;
                case WireType.LengthDelimited when field == numbers.Purpose:
                    fields.Purpose = reader.ReadBytes();
                    break;
                case WireType.LengthDelimited when field == numbers.Event:
                    fields.Event = reader.ReadBytes();
                    break;
                case WireType.LengthDelimited when field == numbers.Categories:
                    fields.AddPacked(reader.ReadBytes());
                    break;
                case WireType.Varint when field == numbers.Categories:
                    fields.Add(reader.ReadVarint());
                    break;
                case WireType.Varint when field == numbers.KeepDenyEntry:
                    fields.KeepDenyEntry = reader.ReadVarint() != 0;
                    break;
                case WireType.Varint when field == numbers.Outcome:
                    fields.Outcome = reader.ReadVarint();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        fields.IsMalformed |= reader.IsMalformed;
        return fields;
    }

    private void AddPacked(ReadOnlySpan<byte> packed)
    {
        var reader = new ProtobufReader(packed);
        while (!reader.IsAtEnd && !reader.IsMalformed)
        {
            Add(reader.ReadVarint());
        }

        IsMalformed |= reader.IsMalformed;
    }

    private void Add(ulong category)
    {
        if (category < MaxCategories)
        {
            Categories |= 1u << (int)category;
        }
        else
        {
            HasUnknownCategory = true;
        }
    }
}
