using System.Buffers.Binary;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Windows.Journals;

namespace KekeStar.Antifraud.Rights.Consents;

/// <summary>
/// A <see cref="ConsentBook"/> as lines of a journal. A line, little endian: key epoch (1 byte), marker (1), zero (6), when
/// it was set (8, Unix milliseconds), the account's pseudonym (16).
/// </summary>
internal sealed class ConsentLines : IJournalBook
{
    private readonly ConsentBook _book;
    private readonly KeyRing _keys;
    private readonly TimeProvider _time;

    // The book itself needs no epochs: its pseudonyms meet those of events, whichever epoch made both.
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Pseudonym, byte> _epochs = new();

    /// <summary>Feeds a book.</summary>
    public ConsentLines(ConsentBook book, KeyRing keys, TimeProvider time)
    {
        _book = book;
        _keys = keys;
        _time = time;
    }

    /// <inheritdoc/>
    public int Count => _book.Count;

    /// <summary>Makes a line.</summary>
    public static byte[] Line(byte epoch, Pseudonym account, ConsentMarker marker, long atMilliseconds)
    {
        var line = new byte[StoreJournal.LineLength];
        line[0] = epoch;
        line[1] = (byte)marker;
        BinaryPrimitives.WriteInt64LittleEndian(line.AsSpan(8), atMilliseconds);
        account.Write(line.AsSpan(16));
        return line;
    }

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<byte> line)
    {
        if (line[1] < ConsentMarkers.Count)
        {
            var account = Pseudonym.Read(line[16..]);
            _epochs[account] = line[0];
            _book.Set(account, (ConsentMarker)line[1], BinaryPrimitives.ReadInt64LittleEndian(line[8..]));
        }
    }

    /// <inheritdoc/>
    public void ReplaceAll(ReadOnlySpan<byte> lines)
    {
        var markers = new List<(Pseudonym, ConsentMarker, long)>();
        _epochs.Clear();
        for (; lines.Length >= StoreJournal.LineLength; lines = lines[StoreJournal.LineLength..])
        {
            if (lines[1] is > 0 and < ConsentMarkers.Count)
            {
                var account = Pseudonym.Read(lines[16..]);
                _epochs[account] = lines[0];
                markers.Add((account, (ConsentMarker)lines[1], BinaryPrimitives.ReadInt64LittleEndian(lines[8..])));
            }
        }

        _book.ReplaceAll(markers);
    }

    /// <inheritdoc/>
    public int CountHolding() => Holding().Count();

    /// <inheritdoc/>
    public byte[] WriteHolding() => [.. Holding().SelectMany(static line => line)];

    // Of an epoch that is gone no event can be recognised any more.
    private IEnumerable<byte[]> Holding()
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var keys = _keys.At(now);
        return _book.Holding(now)
            .Select(marker => (marker, Epoch: _epochs.GetValueOrDefault(marker.Account)))
            .Where(entry => keys.Find(entry.Epoch) is not null)
            .Select(entry => Line(entry.Epoch, entry.marker.Account, entry.marker.Marker, entry.marker.AtMilliseconds));
    }
}
