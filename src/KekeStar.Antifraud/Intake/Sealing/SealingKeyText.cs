using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.Sealing;

/// <summary>The JSON text of sealing keys. They are read without becoming strings, and no message repeats anything of one.</summary>
internal static class SealingKeyText
{
    /// <summary>Most keys at a time: 64, one for each gateway and one more for each that is being rotated.</summary>
    public const int MaxKeys = 64;

    private const string Form = "{\"keys\": [{\"id\": 1, \"key\": \"base64 of 32 bytes\"}]}";

    /// <summary>Reads the keys of a file's text, in their order.</summary>
    /// <exception cref="InvalidDataException">The text is wrong; the message says where and what is expected.</exception>
    public static SealingKey[] Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var keys = ReadDocument(ref reader);
            return keys.Count switch
            {
                0 => throw new InvalidDataException($"\"keys\" has no entry; expected is {Form}."),
                > MaxKeys => throw new InvalidDataException($"\"keys\" has {keys.Count} entries; at most {MaxKeys} are allowed."),
                _ => [.. keys],
            };
        }
        catch (JsonException exception)
        {
            // Without its message, which may hold a piece of the text.
            throw new InvalidDataException($"line {exception.LineNumber + 1} is not JSON of the form {Form}.", exception);
        }
    }

    /// <summary>Writes the text of a file.</summary>
    public static void Write(Stream stream, IEnumerable<SealingKey> keys)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteStartArray("keys");
        foreach (var key in keys)
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", key.Id);
            writer.WriteBase64String("key", key.Bytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static List<SealingKey> ReadDocument(ref Utf8JsonReader reader)
    {
        List<SealingKey>? keys = null;
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Expect(keys is null && reader.ValueTextEquals("keys"u8));
            Expect(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
            keys = ReadKeys(ref reader);
        }

        // Reads on to the end, so that what stands behind the document is found.
        while (reader.Read())
        {
            Expect(false);
        }

        return keys ?? throw new InvalidDataException($"it has no \"keys\"; expected is {Form}.");
    }

    private static List<SealingKey> ReadKeys(ref Utf8JsonReader reader)
    {
        var keys = new List<SealingKey>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var key = ReadKey(ref reader, $"keys[{keys.Count}]");
            if (keys.Exists(other => other.Id == key.Id))
            {
                throw new InvalidDataException($"keys[{keys.Count}].id is {key.Id}, which an entry before it has. Give each key an id of its own.");
            }

            keys.Add(key);
        }

        Expect(reader.TokenType == JsonTokenType.EndArray);
        return keys;
    }

    private static SealingKey ReadKey(ref Utf8JsonReader reader, string where)
    {
        uint? id = null;
        var hasKey = false;
        Span<byte> key = stackalloc byte[SealedFormat.KeyLength];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            Expect(isId || reader.ValueTextEquals("key"u8));
            Expect(reader.Read());
            if (isId)
            {
                id = reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out var number)
                    ? number
                    : throw new InvalidDataException($"{where}.id is no whole number of 0 to {uint.MaxValue}.");
            }
            else
            {
                ReadBase64(ref reader, key, where);
                hasKey = true;
            }
        }

        var result = id is { } given && hasKey
            ? new SealingKey(given, key)
            : throw new InvalidDataException($"{where} has no \"{(hasKey ? "id" : "key")}\"; expected is {Form}.");
        CryptographicOperations.ZeroMemory(key);
        return result;
    }

    private static void ReadBase64(ref Utf8JsonReader reader, scoped Span<byte> key, string where)
    {
        // 44 characters, each of which may be escaped with six.
        Span<byte> text = stackalloc byte[44 * 6];
        if (reader.TokenType != JsonTokenType.String
            || reader.ValueSpan.Length > text.Length
            || Base64.DecodeFromUtf8(text[..reader.CopyString(text)], key, out _, out var length) != System.Buffers.OperationStatus.Done
            || length != key.Length)
        {
            throw new InvalidDataException($"{where}.key is not base64 of exactly {SealedFormat.KeyLength} bytes.");
        }

        CryptographicOperations.ZeroMemory(text);
    }

    private static void Expect(bool isAsExpected)
    {
        if (!isAsExpected)
        {
            throw new InvalidDataException($"it is not of the form {Form}.");
        }
    }
}
