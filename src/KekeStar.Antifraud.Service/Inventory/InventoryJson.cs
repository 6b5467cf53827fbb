using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using KekeStar.Antifraud.Rights;

namespace KekeStar.Antifraud.Service.Inventory;

/// <summary>The data inventory for machines, both languages in one document.</summary>
internal static class InventoryJson
{
    // Chinese stays readable; the document is served as JSON and never put into HTML.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document, UTF-8.</summary>
    public static byte[] Write()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            WriteAll(json, "signals", DataInventory.Signals, Write);
            WriteAll(json, "stored", StoredDataList.All, Write);
            WriteAll(json, "other_fields", OtherFields.All, Write);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, InventorySignal signal)
    {
        json.WriteString("name", signal.Name);
        json.WriteStartArray("sent_in");
        foreach (var place in signal.Places)
        {
            json.WriteStringValue(place);
        }

        json.WriteEndArray();
        json.WriteStartArray("purposes");
        foreach (var purpose in signal.Purposes)
        {
            json.WriteStartObject();
            WriteLanguages(json, purpose);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("consent_category", (int)signal.Consent);
        Write(json, "consent_category_name", LegalBases.NameOf(signal.Consent));
        Write(json, "legal_basis", signal.LegalBasis);
        Write(json, "kept", signal.Kept);
        json.WriteNumber("retention_days", signal.RetentionDays);
        Write(json, "seen_by", signal.SeenBy);
    }

    private static void Write(Utf8JsonWriter json, StoredData data)
    {
        Write(json, "data", data.Name);
        Write(json, "key", data.Key);
        Write(json, "content", data.Content);
        Write(json, "lives", data.Lifetime);
        Write(json, "purpose", data.Purpose);
        Write(json, "seen_by", data.SeenBy);
    }

    private static void Write(Utf8JsonWriter json, OtherField field)
    {
        json.WriteString("field", field.Place);
        Write(json, "use", field.Use);
    }

    private static void Write(Utf8JsonWriter json, string name, InventoryText text)
    {
        json.WriteStartObject(name);
        WriteLanguages(json, text);
        json.WriteEndObject();
    }

    private static void WriteLanguages(Utf8JsonWriter json, InventoryText text)
    {
        json.WriteString("en", text.English);
        json.WriteString("zh", text.Chinese);
    }
}
