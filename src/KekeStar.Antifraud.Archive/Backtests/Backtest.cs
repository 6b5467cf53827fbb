using System.Diagnostics;
using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Judging;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>
/// Replays what an archive recorded, in its order, through the service's own window code in isolated windows, and decides it again: under
/// the policies of then, which must give what was recorded, and under one that is tried.
/// </summary>
internal sealed class Backtest
{
    // How often progress is told: rows.
    private const int ProgressRows = 10_000;

    private readonly BacktestSetup _setup;
    private readonly DuckDbEngine _engine;
    private readonly ArchiveRows _rows;
    private long _warmUp;
    private long _decisions;
    private long _rebuilt;
    private long _asRecorded;
    private long _erased;
    private long _outcomes;
    private long _emptied;
    private long _epochs;
    private byte _epoch;

    private Backtest(BacktestSetup setup, DuckDbEngine engine)
    {
        _setup = setup;
        _engine = engine;
        _rows = new ArchiveRows(engine, setup.Archives);
    }

    /// <summary>Runs one.</summary>
    /// <param name="setup">What is asked.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ArchiveException">It cannot be done; the message says why.</exception>
    public static async Task<BacktestReport> RunAsync(BacktestSetup setup, CancellationToken cancellation)
    {
        using var engine = new DuckDbEngine(threads: 1, ArchiveLimits.ReadingMemoryBytes);
        return await new Backtest(setup, engine).RunAsync(cancellation);
    }

    private async Task<BacktestReport> RunAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var (archiveFrom, from, to) = _rows.Files.Range(_setup.From, _setup.To);
        var warmUpFrom = from - _setup.WarmUp;
        var truths = ReadTruths();
        var tally = new BacktestTally(_setup.Policies, _setup.Tried, truths);
        await using (var replay = WindowReplay.Open())
        {
            var read = 0L;
            foreach (var row in _rows.Read(warmUpFrom, to))
            {
                cancellation.ThrowIfCancellationRequested();
                await ReplayAsync(replay, row, from.ToUnixTimeMilliseconds(), tally);
                if (++read % ProgressRows == 0)
                {
                    var begin = Max(warmUpFrom, archiveFrom);
                    var done = (DateTimeOffset.FromUnixTimeMilliseconds(row.TimeMilliseconds) - begin) / (to - begin);
                    _setup.Progress(Math.Clamp(done, 0, 1), read);
                }
            }
        }

        if (_decisions == 0)
        {
            throw new ArchiveException(string.Create(
                CultureInfo.InvariantCulture, $"No decision was made from {from:u} to {to:u}. The archive begins at {archiveFrom:u}."));
        }

        var (agreement, flips, examples, segments, rules, scores) = tally.Report();
        return new BacktestReport
        {
            From = from,
            To = to,
            WarmUpFrom = warmUpFrom,
            ArchiveFrom = archiveFrom,
            Tried = _setup.Tried is { } tried ? $"{tried.Version} ({tried.Hash[..16]})" : null,
            Rows = new BacktestRows(_warmUp, _decisions, _rebuilt, _asRecorded, _erased, tally.UnknownPolicy, _outcomes, _emptied),
            Agreement = agreement,
            Flips = flips,
            Examples = examples,
            Segments = segments,
            Rules = rules,
            Scores = scores,
            Labelled = tally.Labelled,
            Elapsed = Stopwatch.GetElapsedTime(started),
            Notes = Notes(warmUpFrom < archiveFrom, tally.UnknownPolicy),
        };
    }

    private async Task ReplayAsync(WindowReplay replay, ArchivedRow row, long from, BacktestTally tally)
    {
        if (row.Outcome is { } outcome)
        {
            _outcomes++;
            _emptied += row.IsComplete ? 0 : 1;
            await replay.RestoreAsync(outcome);
            return;
        }

        var decision = row.Decision!;
        _epochs += _epoch != 0 && _epoch != decision.KeyEpoch ? 1 : 0;
        _epoch = decision.KeyEpoch;
        var how = await replay.ObserveAsync(decision);
        if (decision.TimeMilliseconds < from)
        {
            _warmUp++;
            return;
        }

        _decisions++;
        switch (how)
        {
            case ReplayedFeatures.Erased:
                _erased++;
                return;
            case ReplayedFeatures.AsRecorded:
                _asRecorded++;
                break;
            default:
                _rebuilt++;
                break;
        }

        tally.Add(decision, how, replay.Call.Features, replay.Recorded);
    }

    private static DateTimeOffset Max(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private TruthBook ReadTruths()
    {
        try
        {
            return new TruthFiles { Archives = _setup.Archives, Labels = _setup.Labels, Feedback = _setup.Feedback }.Read(_engine);
        }
        catch (InvalidDataException fault)
        {
            throw new ArchiveException(fault.Message, fault);
        }
    }

    private List<BacktestNote> Notes(bool isShort, long unknownPolicy)
    {
        var notes = new List<BacktestNote>();
        AddIf(isShort, BacktestNoteKind.ShortHistory, 0);
        AddIf(_outcomes == 0, BacktestNoteKind.NoOutcomes, 0);
        AddIf(_erased > 0, BacktestNoteKind.Erased, _erased);
        AddIf(_asRecorded > 0, BacktestNoteKind.AsRecorded, _asRecorded);
        AddIf(unknownPolicy > 0, BacktestNoteKind.UnknownPolicy, unknownPolicy);
        AddIf(_emptied > 0, BacktestNoteKind.EmptiedOutcomes, _emptied);
        AddIf(_epochs > 0, BacktestNoteKind.KeyEpochs, _epochs);
        return notes;

        void AddIf(bool condition, BacktestNoteKind kind, long count)
        {
            if (condition)
            {
                notes.Add(new BacktestNote(kind, count));
            }
        }
    }
}
