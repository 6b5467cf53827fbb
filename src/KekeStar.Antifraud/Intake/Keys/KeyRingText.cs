using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>The JSON text of a key ring. Keys are read without becoming strings, and no message repeats anything of one.</summary>
internal static class KeyRingText
{
    /// <summary>The form, for messages.</summary>
    public const string Form =
        "{\"epochs\": [{\"epoch\": 1, \"key\": \"base64 of 32 bytes\", \"algorithm\": \"hmac-sha256\", \"begins\": \"2026-11-25T10:00:00Z\"}]}";

    private const string ShortForm = "{\"epoch\": 1, \"key\": \"base64 of 32 bytes\"}";

    /// <summary>Reads the epochs of a text, in their order.</summary>
    /// <exception cref="InvalidDataException">The text is wrong; the message says where and what to do.</exception>
    public static KeyRingEntry[] Parse(ReadOnlySpan<byte> json)
    {
        var entries = new List<KeyRingEntry>();
        try
        {
            var reader = new Utf8JsonReader(json);
            ReadDocument(ref reader, entries);
            CheckOrder(entries);
            return [.. entries];
        }
        catch (Exception fault)
        {
            entries.ForEach(static entry => entry.Dispose());

            // Without the reader's own message, which may hold a piece of the text.
            throw fault is JsonException wrong
                ? new InvalidDataException($"line {wrong.LineNumber + 1} is not JSON of the form {Form}.", fault)
                : fault is InvalidDataException ? fault
                : new InvalidDataException($"it is not of the form {Form}.", fault);
        }
    }

    /// <summary>Writes the text of a ring.</summary>
    public static void Write(Stream stream, IEnumerable<KeyRingEntry> entries)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteStartArray("epochs");
        foreach (var entry in entries)
        {
            writer.WriteStartObject();
            writer.WriteNumber("epoch", entry.Number);
            writer.WriteBase64String("key", entry.MasterKey);
            writer.WriteString("algorithm", KeyAlgorithmName.Of(entry.Algorithm));
            if (entry.Begins is { } begins)
            {
                writer.WriteString("begins", KeyTime.Format(begins));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Decodes a master key.</summary>
    /// <returns>False if it is not base64 of exactly <see cref="KeyEpoch.MasterKeyLength"/> bytes.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> key) =>
        Base64.DecodeFromUtf8(text, key, out _, out var length) == OperationStatus.Done && length == KeyEpoch.MasterKeyLength;

    private static void ReadDocument(ref Utf8JsonReader reader, List<KeyRingEntry> entries)
    {
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        Expect(reader.Read() && reader.TokenType == JsonTokenType.PropertyName);
        if (reader.ValueTextEquals("epochs"u8))
        {
            Expect(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                Expect(reader.Read());
                entries.Add(ReadEntry(ref reader, $"epochs[{entries.Count}]"));
            }

            Expect(reader.TokenType == JsonTokenType.EndArray && reader.Read() && reader.TokenType == JsonTokenType.EndObject);
        }
        else
        {
            entries.Add(ReadEntry(ref reader, where: null));
        }

        // Reads on to the end, so that what stands behind the document is found.
        while (reader.Read())
        {
            Expect(false);
        }
    }

    // Begins at the first field's name and ends behind the last.
    private static KeyRingEntry ReadEntry(ref Utf8JsonReader reader, string? where)
    {
        var fields = new KeyRingFields(where);
        while (reader.TokenType == JsonTokenType.PropertyName)
        {
            fields.Read(ref reader);
            Expect(reader.Read());
        }

        Expect(reader.TokenType == JsonTokenType.EndObject);
        return fields.Finish();
    }

    private static void CheckOrder(List<KeyRingEntry> entries)
    {
        if (entries.Count == 0)
        {
            throw new InvalidDataException($"\"epochs\" has no entry; expected is {Form}.");
        }

        for (var i = 1; i < entries.Count; i++)
        {
            var (entry, before) = (entries[i], entries.GetRange(0, i));
            if (before.Exists(other => other.Number == entry.Number))
            {
                throw new InvalidDataException($"epochs[{i}].epoch is {entry.Number}, which an entry before it has. Give each epoch a number of its own.");
            }

            if (before.Exists(other => CryptographicOperations.FixedTimeEquals(other.MasterKey, entry.MasterKey)))
            {
                throw new InvalidDataException($"epochs[{i}].key is the key of an entry before it. Make a new one with 'antifraud keys rotate'.");
            }

            if (entry.Begins is not { } begins)
            {
                throw new InvalidDataException($"epochs[{i}].begins is missing; only the first epoch can be without it.");
            }

            var earliest = entries[i - 1].Begins + KeySchedule.RotationDuration;
            if (begins < earliest)
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"epochs[{i}].begins is {KeyTime.Format(begins)}, but the rotation before it is over at {KeyTime.Format(earliest.Value)}. Take that time or a later one."));
            }
        }
    }

    private static void Expect(bool isAsExpected)
    {
        if (!isAsExpected)
        {
            throw new InvalidDataException($"it is not of the form {Form} or {ShortForm}.");
        }
    }
}
