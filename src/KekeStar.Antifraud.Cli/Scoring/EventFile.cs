using Google.Protobuf;
using KekeStar.Antifraud.Cli.Reading;

namespace KekeStar.Antifraud.Cli.Scoring;

/// <summary>A file that holds the JSON of one message.</summary>
internal static class EventFile
{
    /// <summary>Reads the file into a message.</summary>
    /// <param name="terminal">Opens the file or the standard input.</param>
    /// <param name="path">The file; "-": the standard input.</param>
    /// <param name="message">Receives the fields.</param>
    /// <returns>What is wrong, in one line, or null.</returns>
    public static string? Read(Terminal terminal, string path, IMessage message)
    {
        var shown = path == "-" ? "standard input" : path;
        try
        {
            using var stream = terminal.Open(path);
            var text = ReadAtMost(stream, JsonInput.MaxLength + 1);
            return JsonInput.Read(text, message) is { } fault ? $"{shown}: {fault}" : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"{shown}: {failure.Message}";
        }
    }

    private static byte[] ReadAtMost(Stream stream, int length)
    {
        using var text = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (text.Length < length && stream.Read(chunk) is var read and > 0)
        {
            text.Write(chunk, 0, read);
        }

        return text.ToArray();
    }
}
