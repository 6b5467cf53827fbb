using System.Collections;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace KekeStar.Antifraud.Cli.Reading;

/// <summary>
/// The proto3 JSON mapping of messages (https://protobuf.dev/programming-guides/json/), as far as the contract uses
/// it: both spellings of a field name, null for absent, each field at most once, no unknown field.
/// </summary>
internal static class JsonMessage
{
    /// <summary>Reads an object into a message.</summary>
    /// <param name="reader">Stands on the object's first token; is left on its last.</param>
    /// <param name="message">Receives the fields.</param>
    /// <param name="path">Path of the message; empty for the outermost.</param>
    /// <exception cref="InputFaultException">The text does not fit the message.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static void Read(ref Utf8JsonReader reader, IMessage message, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InputFaultException(reader.TokenStartIndex, path, "A JSON object is expected.");
        }

        var seen = new HashSet<int>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var at = reader.TokenStartIndex;
            var field = Find(message.Descriptor, ref reader)
                ?? throw new InputFaultException(at, path, UnknownField(message.Descriptor));
            var fieldPath = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (!seen.Add(field.FieldNumber))
            {
                throw new InputFaultException(at, fieldPath, "The field stands here a second time.");
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.Null)
            {
                ReadField(ref reader, message, field, fieldPath);
            }
        }
    }

    private static void ReadField(ref Utf8JsonReader reader, IMessage message, FieldDescriptor field, string path)
    {
        if (!field.IsRepeated)
        {
            field.Accessor.SetValue(message, ReadValue(ref reader, field, path));
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new InputFaultException(reader.TokenStartIndex, path, "A JSON array is expected.");
        }

        var list = (IList)field.Accessor.GetValue(message);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var itemPath = string.Create(CultureInfo.InvariantCulture, $"{path}[{list.Count}]");
            list.Add(ReadValue(ref reader, field, itemPath));
        }
    }

    private static object ReadValue(ref Utf8JsonReader reader, FieldDescriptor field, string path)
    {
        if (field.FieldType != FieldType.Message)
        {
            return JsonScalar.Read(ref reader, field, path);
        }

        if (field.MessageType.FullName == Timestamp.Descriptor.FullName)
        {
            return JsonScalar.ReadTimestamp(ref reader, path);
        }

        var nested = field.MessageType.Parser.ParseFrom(ByteString.Empty);
        Read(ref reader, nested, path);
        return nested;
    }

    private static FieldDescriptor? Find(MessageDescriptor message, ref Utf8JsonReader reader)
    {
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            if (reader.ValueTextEquals(field.JsonName) || reader.ValueTextEquals(field.Name))
            {
                return field;
            }
        }

        return null;
    }

    // The unknown name itself is left out: a misplaced quote can turn an identifier into a name.
    private static string UnknownField(MessageDescriptor message) =>
        $"{message.Name} has no field of this name. It has: {string.Join(", ", message.Fields.InDeclarationOrder().Select(f => f.Name))}.";
}
