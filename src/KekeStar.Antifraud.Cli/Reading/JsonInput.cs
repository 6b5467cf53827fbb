using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace KekeStar.Antifraud.Cli.Reading;

/// <summary>
/// Reads a message of the contract from its proto3 JSON mapping and says of a fault where it is. Google.Protobuf's
/// own JsonParser gives neither line nor column and puts the offending value, an identifier perhaps, into its message.
/// </summary>
internal static class JsonInput
{
    /// <summary>Longest JSON text of one event in bytes: the service takes 64 KiB on the wire, JSON is wordier.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 32 };

    /// <summary>Reads one message.</summary>
    /// <param name="json">UTF-8 text, a byte order mark allowed.</param>
    /// <param name="message">Receives the fields.</param>
    /// <param name="firstLine">Line of the text's first byte in its file, from 1.</param>
    /// <returns>The fault, or null.</returns>
    public static InputFault? Read(ReadOnlySpan<byte> json, IMessage message, int firstLine = 1) =>
        Read(json, firstLine, (ref Utf8JsonReader reader) => JsonMessage.Read(ref reader, message, path: ""));

    /// <summary>Reads one JSON text with a grammar of the caller's.</summary>
    /// <param name="json">UTF-8 text, a byte order mark allowed.</param>
    /// <param name="firstLine">Line of the text's first byte in its file, from 1.</param>
    /// <param name="grammar">Called with the reader on the first token; leaves it on the last one.</param>
    /// <returns>The fault, or null.</returns>
    public static InputFault? Read(ReadOnlySpan<byte> json, int firstLine, JsonGrammar grammar)
    {
        if (json.StartsWith(Encoding.UTF8.Preamble))
        {
            json = json[Encoding.UTF8.Preamble.Length..];
        }

        if (json.Length > MaxLength)
        {
            return new InputFault(firstLine, 1, "", $"The text is longer than {MaxLength / 1024} KiB.");
        }

        if (!json.ContainsAnyExcept(" \t\r\n"u8))
        {
            return new InputFault(firstLine, 1, "", "The text is empty; a JSON object is expected.");
        }

        var reader = new Utf8JsonReader(json, Strict);
        try
        {
            reader.Read();
            grammar(ref reader);
            return reader.Read() ? At(json, reader.TokenStartIndex, firstLine, "", "Text follows after the object.") : null;
        }
        catch (InputFaultException fault)
        {
            return At(json, fault.Offset, firstLine, fault.Field, fault.Message);
        }
        catch (JsonException syntax)
        {
            return OfSyntax(json, syntax, firstLine);
        }
        catch (InvalidOperationException)
        {
            // What Utf8JsonReader throws where a string is not UTF-8 or escapes half a surrogate pair.
            return At(json, reader.TokenStartIndex, firstLine, "", "The string is not valid Unicode.");
        }
    }

    // The exception's own message quotes the input, so it is left out.
    private static InputFault OfSyntax(ReadOnlySpan<byte> json, JsonException syntax, int firstLine)
    {
        var lineStart = 0;
        for (var line = syntax.LineNumber ?? 0; line > 0; line--)
        {
            lineStart += json[lineStart..].IndexOf((byte)'\n') + 1;
        }

        return At(
            json,
            lineStart + (syntax.BytePositionInLine ?? 0),
            firstLine,
            "",
            "This is not valid JSON: a quote, comma, colon or bracket is missing or misplaced here or shortly before.");
    }

    private static InputFault At(ReadOnlySpan<byte> json, long offset, int firstLine, string field, string problem)
    {
        var before = json[..(int)Math.Min(offset, json.Length)];
        var line = before.Count((byte)'\n');
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new InputFault(firstLine + line, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1, field, problem);
    }
}

/// <summary>Reads a JSON value; the reader stands on its first token and is left on its last.</summary>
internal delegate void JsonGrammar(ref Utf8JsonReader reader);
