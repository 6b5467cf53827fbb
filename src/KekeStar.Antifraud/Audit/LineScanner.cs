namespace KekeStar.Antifraud.Audit;

/// <summary>Reads a file line by line as bytes, with the place of each.</summary>
internal sealed class LineScanner : IDisposable
{
    // Longer than any line of the log; what is longer still is none, and comes in pieces.
    private const int Longest = 64 * 1024;

    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[Longest];
    private int _start;
    private int _filled;

    /// <summary>Opens a file; another process may go on writing to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="from">Where to begin, in bytes.</param>
    public LineScanner(string path, long from = 0)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        _file.Seek(from, SeekOrigin.Begin);
        End = from;
    }

    /// <summary>Number of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Where the line after the current one begins.</summary>
    public long End { get; private set; }

    /// <summary>True if the current line has a line end.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The current line without its line end.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_start, Length);

    private int Length { get; set; }

    /// <summary>Goes to the next line.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Read()
    {
        _start += IsWhole ? Length + 1 : Length;
        var end = Fill();
        if (end == 0)
        {
            Length = 0;
            return false;
        }

        var line = _buffer.AsSpan(_start, end).IndexOf((byte)'\n');
        IsWhole = line >= 0;
        Length = IsWhole ? line : end;
        End += IsWhole ? Length + 1 : Length;
        Number++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Reads until the buffer holds a line end or is full; gives the number of unread bytes.
    private int Fill()
    {
        var held = _filled - _start;
        if (_buffer.AsSpan(_start, held).Contains((byte)'\n'))
        {
            return held;
        }

        _buffer.AsSpan(_start, held).CopyTo(_buffer);
        _start = 0;
        _filled = held;
        while (_filled < _buffer.Length)
        {
            var read = _file.Read(_buffer, _filled, _buffer.Length - _filled);
            if (read == 0)
            {
                break;
            }

            _filled += read;
        }

        return _filled;
    }
}
