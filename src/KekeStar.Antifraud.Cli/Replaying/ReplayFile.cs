using System.Text;
using KekeStar.Antifraud.Cli.Reading;
using KekeStar.Antifraud.Client;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>
/// A file of JSON lines that is read twice: once to check every line and to learn the times, once to send. So a bad
/// line is found before the first event changes a window, and the file need not fit into memory.
/// </summary>
internal sealed class ReplayFile
{
    private readonly Func<Stream> _open;

    /// <summary>Creates the file.</summary>
    /// <param name="open">Opens it from its beginning, each time anew.</param>
    public ReplayFile(Func<Stream> open) => _open = open;

    /// <summary>The file of a path; "-" is the standard input, which is kept in memory to be read twice.</summary>
    /// <exception cref="IOException">The standard input cannot be read.</exception>
    public static ReplayFile Of(Terminal terminal, string path)
    {
        if (path != "-")
        {
            return new ReplayFile(() => terminal.Open(path));
        }

        using var input = terminal.OpenInput();
        using var copy = new MemoryStream();
        input.CopyTo(copy);
        var bytes = copy.ToArray();
        return new ReplayFile(() => new MemoryStream(bytes, writable: false));
    }

    /// <summary>Reads the entries of a file that <see cref="Survey"/> found to be sound.</summary>
    public IEnumerable<ReplayEntry> Entries()
    {
        foreach (var (line, text) in Lines())
        {
            if (ReplayLine.Read(text, line, out var entry) is null)
            {
                yield return entry;
            }
        }
    }

    /// <summary>Checks every line.</summary>
    /// <param name="sealer">Seals them when they are sent; null: they are sent as they are.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ReplaySurvey Survey(IdentifierSealer? sealer = null)
    {
        var survey = new ReplaySurvey();
        foreach (var (line, text) in Lines())
        {
            if (ReplayLine.Read(text, line, out var entry) is { } fault)
            {
                survey.Add(fault);
            }
            else if (SealFault(entry, sealer) is { } unsealable)
            {
                survey.Add(unsealable);
            }
            else
            {
                survey.Add(entry);
            }
        }

        return survey;
    }

    private static InputFault? SealFault(ReplayEntry entry, IdentifierSealer? sealer)
    {
        try
        {
            if (sealer is not null)
            {
                entry.Seal(sealer);
            }

            return null;
        }
        catch (Exception unsealable) when (unsealable is ArgumentException or InvalidOperationException)
        {
            return new InputFault(entry.Line, 1, "", unsealable.Message);
        }
    }

    private IEnumerable<(int Line, byte[] Text)> Lines()
    {
        using var reader = new StreamReader(_open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return (line, Encoding.UTF8.GetBytes(text));
            }
        }
    }
}
