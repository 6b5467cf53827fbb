using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace KekeStar.Antifraud.Cli.Reading;

/// <summary>The scalar part of the proto3 JSON mapping.</summary>
internal static class JsonScalar
{
    /// <summary>Reads the value under the reader as the field's type.</summary>
    /// <exception cref="InputFaultException">The value does not fit the type.</exception>
    public static object Read(ref Utf8JsonReader reader, FieldDescriptor field, string path) => field.FieldType switch
    {
        FieldType.String => ReadText(ref reader, path),
        FieldType.Bytes => ReadBytes(ref reader, path),
        FieldType.Bool => ReadBool(ref reader, path),
        FieldType.Enum => ReadEnum(ref reader, field.EnumType, path),
        FieldType.UInt32 => (uint)ReadNumber(ref reader, path, 0, uint.MaxValue, "A whole number from 0 to 4294967295 is expected.", whole: true),
        FieldType.Int32 => (int)ReadNumber(ref reader, path, int.MinValue, int.MaxValue, "A whole number of 32 bits is expected.", whole: true),
        FieldType.Float => (float)ReadNumber(ref reader, path, float.MinValue, float.MaxValue, "A number is expected.", whole: false),
        FieldType.Double => ReadNumber(ref reader, path, double.MinValue, double.MaxValue, "A number is expected.", whole: false),
        _ => throw new NotSupportedException($"The contract has a field of type {field.FieldType}, which this reader does not know."),
    };

    /// <summary>Reads a time of RFC 3339.</summary>
    /// <exception cref="InputFaultException">The value is not such a time.</exception>
    public static Timestamp ReadTimestamp(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            try
            {
                return JsonParser.Default.Parse<Timestamp>(JsonSerializer.Serialize(reader.GetString()));
            }
            catch (InvalidProtocolBufferException)
            {
                // Falls through to the message that names the form.
            }
        }

        throw new InputFaultException(
            reader.TokenStartIndex, path, "A time of RFC 3339 is expected, such as \"2026-01-31T08:00:00Z\".");
    }

    private static string ReadText(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new InputFaultException(reader.TokenStartIndex, path, "A JSON string is expected (in quotes).");
        }

        return reader.GetString()!;
    }

    private static ByteString ReadBytes(ref Utf8JsonReader reader, string path)
    {
        var text = ReadText(ref reader, path).Replace('-', '+').Replace('_', '/').TrimEnd('=');
        var bytes = new byte[text.Length];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var length)
            ? ByteString.CopyFrom(bytes, 0, length)
            : throw new InputFaultException(reader.TokenStartIndex, path, "Base64 is expected (RFC 4648, standard or URL-safe).");
    }

    private static bool ReadBool(ref Utf8JsonReader reader, string path) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new InputFaultException(reader.TokenStartIndex, path, "true or false is expected."),
    };

    // Names are matched without a fallback to the number 0: a misspelt scene must not turn into "unspecified".
    private static object ReadEnum(ref Utf8JsonReader reader, EnumDescriptor type, string path)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
        {
            return System.Enum.ToObject(type.ClrType, number);
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            foreach (var value in type.Values)
            {
                if (reader.ValueTextEquals(value.Name))
                {
                    return System.Enum.ToObject(type.ClrType, value.Number);
                }
            }
        }

        throw new InputFaultException(
            reader.TokenStartIndex, path, $"One of these names is expected: {string.Join(", ", type.Values.Select(v => v.Name))}.");
    }

    // The mapping allows numbers in quotes as well.
    private static double ReadNumber(ref Utf8JsonReader reader, string path, double min, double max, string expected, bool whole)
    {
        double number = 0;
        var isNumber = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetDouble(out number),
            JsonTokenType.String => double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        if (!isNumber || !(number >= min && number <= max) || (whole && Math.Floor(number) != number))
        {
            throw new InputFaultException(reader.TokenStartIndex, path, expected);
        }

        return number;
    }
}
