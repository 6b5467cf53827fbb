using System.Security.Cryptography;
using KekeStar.Antifraud.Intake;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Windows.Journals;

/// <summary>
/// Keeps a book in memory equal to a journal in the store that all instances append to and read on from where they
/// stopped.
/// </summary>
/// <remarks>
/// The journal is a sequence of lines of 32 bytes; the later line wins. Its first line is a random mark, known by a zero
/// in its second byte and renewed whenever the journal is rewritten: an instance that finds another first line than
/// before reads the journal anew, because its offset means nothing in it.
/// </remarks>
internal sealed partial class StoreJournal : IDisposable
{
    /// <summary>Length of a line in bytes.</summary>
    public const int LineLength = 32;

    private readonly IWindowStore _store;
    private readonly IJournalBook _book;
    private readonly JournalName _name;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly byte[] _mark = new byte[LineLength];
    private Observation _observation = new();
    private int _offset;
    private int _nextCountAt = JournalLimits.CompactionMinimum;
    private DateTimeOffset _lastCount;
    private DateTimeOffset _lastSweep;
    private bool _stale;

    /// <summary>Makes a journal.</summary>
    /// <param name="store">Where it lies.</param>
    /// <param name="book">What is kept equal.</param>
    /// <param name="name">Its key, what log messages call it, and its life after its last line.</param>
    /// <param name="time">Decides when it is read.</param>
    /// <param name="logger">Takes what happens to the journal; never a line.</param>
    public StoreJournal(IWindowStore store, IJournalBook book, JournalName name, TimeProvider time, ILogger logger)
    {
        _store = store;
        _book = book;
        _name = name;
        _time = time;
        _logger = logger;
        _lastSweep = time.GetUtcNow();
    }

    /// <summary>Reads the journal on until cancelled, once per <see cref="JournalLimits.RefreshInterval"/>.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(JournalLimits.RefreshInterval, _time);
        do
        {
            await RefreshAsync(cancellation);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>Reads what is new in the journal, and rewrites it when more than half of it is dead.</summary>
    /// <returns>Ok, or why the book may be behind.</returns>
    public async Task<StoreStatus> RefreshAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var status = await ReadOnAsync();
            if (status == StoreStatus.Ok && IsCompactionDue())
            {
                await CompactAsync();
            }

            NoteFreshness(status);
            return status;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Rewrites the journal without its dead lines now: what was erased must not wait for the next sweep.</summary>
    /// <returns>True once no dead line is left; false: the store failed, or other instances kept appending.</returns>
    public async Task<bool> SweepAsync(CancellationToken cancellation)
    {
        const int Attempts = 20;
        await _turn.WaitAsync(cancellation);
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (await ReadOnAsync() != StoreStatus.Ok)
                {
                    return false;
                }

                if (!HasDeadLines() || await CompactAsync())
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Appends a line unless the caller, looking at the book, decides against it; applies it to the book once the store
    /// has it.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="refresh">True: what other instances wrote a moment ago is read before the caller decides.</param>
    /// <param name="admit">Looks at the book; false: nothing is appended.</param>
    /// <param name="cancellation">Ends the waiting for a turn.</param>
    public async Task<JournalAppend> AppendAsync(ReadOnlyMemory<byte> line, bool refresh, Func<bool> admit, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (refresh && await ReadOnAsync() != StoreStatus.Ok)
            {
                return JournalAppend.StoreFailed;
            }

            return admit() ? await AppendAsync(line) : JournalAppend.NotAdmitted;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    // The offset stays: the next read brings this line too, after those that other instances wrote before it.
    private async Task<JournalAppend> AppendAsync(ReadOnlyMemory<byte> line)
    {
        var isFirst = _offset == 0;
        var lines = new byte[isFirst ? 2 * LineLength : LineLength];
        if (isFirst)
        {
            WriteMark(lines);
        }

        line.CopyTo(lines.AsMemory(lines.Length - LineLength));
        if (await _store.AppendAsync(_name.Key, lines, _name.TimeToLive, JournalLimits.StoreTimeout) != StoreStatus.Ok)
        {
            return JournalAppend.StoreFailed;
        }

        _book.Apply(line.Span);
        return JournalAppend.Done;
    }

    private async Task<StoreStatus> ReadOnAsync()
    {
        var observation = _observation;
        observation.Clear();

        // The first line is read after the rest: if it is still the known one, the rest came from the known journal.
        var rest = observation.AddRead(_name.Key, _offset, -1);
        var first = observation.AddRead(_name.Key, 0, LineLength - 1);
        var status = await _store.ObserveAsync(observation, JournalLimits.StoreTimeout);
        if (status != StoreStatus.Ok)
        {
            // The store may still hold the observation.
            _observation = new Observation();
            return status;
        }

        if (_offset == 0 || !observation.Tail(first).SequenceEqual(_mark))
        {
            return observation.Tail(first).IsEmpty && _offset == 0 ? StoreStatus.Ok : await ReadAnewAsync();
        }

        var lines = observation.Tail(rest);
        for (; lines.Length >= LineLength; lines = lines[LineLength..])
        {
            if (lines[1] != 0)
            {
                _book.Apply(lines[..LineLength]);
            }

            _offset += LineLength;
        }

        return StoreStatus.Ok;
    }

    private async Task<StoreStatus> ReadAnewAsync()
    {
        var read = await _store.ReadAsync(_name.Key, 0, JournalLimits.StoreTimeout);
        if (read.Status == StoreStatus.Ok)
        {
            TakeOver(read.Value.Span);
            LogReread(_name.Name, _book.Count);
        }

        return read.Status;
    }

    // The mark is a line too.
    private bool HasDeadLines() => _offset / LineLength > _book.CountHolding() + 1;

    private bool IsCompactionDue()
    {
        var lines = _offset / LineLength;
        var now = _time.GetUtcNow();
        if (now - _lastSweep >= JournalLimits.SweepInterval)
        {
            _lastSweep = now;
            return HasDeadLines();
        }

        if (lines <= JournalLimits.CompactionMinimum || (lines < _nextCountAt && now - _lastCount < JournalLimits.CountInterval))
        {
            return false;
        }

        // Counting goes through the whole book, so not at every refresh.
        _nextCountAt = lines + (lines / 8);
        _lastCount = now;
        return _book.CountHolding() + 1 <= lines / 2;
    }

    private async Task<bool> CompactAsync()
    {
        var lines = _offset / LineLength;
        var read = await _store.ReadAsync(_name.Key, 0, JournalLimits.StoreTimeout);
        if (read.Status != StoreStatus.Ok)
        {
            return false;
        }

        TakeOver(read.Value.Span);
        var holding = _book.WriteHolding();
        var replacement = new byte[LineLength + holding.Length];
        WriteMark(replacement);
        holding.CopyTo(replacement.AsSpan(LineLength));

        // Where another instance was faster, or a line came in between, the next refresh sees what there is to do.
        var replace = await _store.ReplaceAsync(_name.Key, read.Value, replacement, _name.TimeToLive, JournalLimits.StoreTimeout);
        if (replace is not { Status: StoreStatus.Ok, Replaced: true })
        {
            return false;
        }

        TakeOver(replacement);
        LogCompacted(_name.Name, lines, replacement.Length / LineLength);
        return true;
    }

    private void TakeOver(ReadOnlySpan<byte> journal)
    {
        _offset = journal.Length / LineLength * LineLength;
        if (_offset > 0)
        {
            journal[..LineLength].CopyTo(_mark);
        }

        _book.ReplaceAll(_offset > 0 ? journal[LineLength.._offset] : default);
    }

    private static void WriteMark(Span<byte> line)
    {
        line[..LineLength].Clear();
        RandomNumberGenerator.Fill(line[(LineLength - Pseudonym.Length)..LineLength]);
    }

    private void NoteFreshness(StoreStatus status)
    {
        if (status == StoreStatus.Ok && _stale)
        {
            LogFresh(_name.Name);
        }
        else if (status != StoreStatus.Ok && !_stale)
        {
            LogStale(_name.Name, status, _book.Count);
        }

        _stale = status != StoreStatus.Ok;
    }
}
