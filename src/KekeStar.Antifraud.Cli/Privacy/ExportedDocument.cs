using System.Text;

namespace KekeStar.Antifraud.Cli.Privacy;

/// <summary>Where an export goes piece by piece. A file that was not written to its end is removed.</summary>
internal sealed class ExportedDocument : IDisposable
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly TextWriter? _output;
    private readonly FileStream? _file;
    private bool _isComplete;

    private ExportedDocument(TextWriter? output, FileStream? file)
    {
        _output = output;
        _file = file;
    }

    /// <summary>Writes to the standard output.</summary>
    public static ExportedDocument ToOutput(TextWriter output) => new(output, file: null);

    /// <summary>Makes a file, before anything is asked of the service: what cannot be written is not exported.</summary>
    /// <exception cref="IOException">The file exists or cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public static ExportedDocument ToFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new ExportedDocument(output: null, new FileStream(path, options));
    }

    /// <summary>Writes the next piece. Pieces end anywhere, within a character too.</summary>
    public void Write(ReadOnlySpan<byte> piece)
    {
        if (_file is not null)
        {
            _file.Write(piece);
            return;
        }

        var characters = new char[_decoder.GetCharCount(piece, flush: false)];
        _decoder.GetChars(piece, characters, flush: false);
        _output!.Write(characters);
    }

    /// <summary>Says that all of it was written.</summary>
    public void Complete()
    {
        _isComplete = true;
        _file?.Flush(flushToDisk: true);
        _output?.WriteLine();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_file is null)
        {
            return;
        }

        _file.Dispose();
        if (!_isComplete)
        {
            File.Delete(_file.Name);
        }
    }
}
