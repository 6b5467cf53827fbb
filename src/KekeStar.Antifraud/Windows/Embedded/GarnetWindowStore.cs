using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Window store inside this process: Microsoft.Garnet without a socket. Calls end on the calling thread. A write that
/// is answered with <see cref="StoreStatus.Ok"/> survives a kill of the process, though not a loss of power.
/// </summary>
public sealed partial class GarnetWindowStore : IWindowStore
{
    // A commit record's version, checksum, begin, end, number and length of cookie (Tsavorite's TsavoriteLogRecoveryInfo). A whole one ends
    // with that length, which is -1 without a cookie, so a bound nearer to 0 would take its end for a beginning.
    private const int LeastCommitRecord = (2 * sizeof(int)) + (4 * sizeof(long));

    private readonly EmbeddedGarnet _garnet;
    private readonly SessionPool _sessions;
    private readonly CommitGate? _commits;
    private readonly DirectoryLock? _directory;
    private readonly StoreFileWriter? _writer;
    private readonly StoreRoom _room;
    private readonly StoreMaintenance _maintenance;
    private readonly EmbeddedStoreMetrics _metrics;
    private readonly ILogger _logger;
    private int _disposed;

    private GarnetWindowStore(EmbeddedStoreOptions options, DirectoryLock? directory, ILogger logger)
    {
        _directory = directory;
        _logger = logger;
        var sizes = new StoreSizes(options);
        var server = new SocketlessServer();
        _writer = options.DataDirectory is null ? null : new StoreFileWriter();
        _garnet = new EmbeddedGarnet(EmbeddedGarnet.Translate(options.DataDirectory, sizes, _writer, Files), server, loggerFactory: null);
        try
        {
            LogCommands.Register(_garnet.Register, Census);
            HideUnfinished(_garnet, Files);
            var empty = _garnet.AppendLog?.TailAddress;
            _garnet.Start();
            if (empty is { } end && _garnet.AppendLog!.TailAddress == end && HasCommits(options.DataDirectory!))
            {
                // Garnet says so at the level Debug, and goes on.
                throw new InvalidOperationException(
                    $"The append-only file of the embedded store's data directory '{options.DataDirectory}' holds commits, and none could be "
                    + "read. What was written since the last checkpoint would be missing. Keep the directory for the developers, and start "
                    + "with a copy from before or an empty one.");
            }
        }
        catch
        {
            _garnet.Dispose();
            _writer?.Dispose();
            throw;
        }

        _sessions = new SessionPool(server);
        _commits = _garnet.AppendLog is { } log ? new CommitGate(log) : null;
        _room = new StoreRoom(_garnet, new StoreIndex(_garnet, _sessions, Census, sizes, logger), options, sizes);
        _metrics = new EmbeddedStoreMetrics(_room);
        _maintenance = new StoreMaintenance(_garnet, _sessions, Files, Census, _room, _metrics, options.SweepInterval, AppendFiller, logger);
        MarkOpened();
    }

    /// <summary>Bytes that the data directory holds; 0 for a store in memory.</summary>
    internal long DiskBytes => _room.MeasureDisk();

    /// <summary>What maintenance does, for tests that cannot wait for its bounds.</summary>
    internal StoreMaintenance Maintenance => _maintenance;

    /// <summary>Where the record log ends in the newest checkpoint, as <see cref="Maintenance"/>.</summary>
    internal long? CheckpointEnd => _garnet.CheckpointEnd();

    /// <summary>The files that records lie in, as <see cref="Maintenance"/>.</summary>
    internal StoreFiles Files { get; } = new();

    /// <summary>Who is told of logs that begin, as <see cref="Maintenance"/>.</summary>
    internal LogCensus Census { get; } = new();

    /// <summary>The engine, as <see cref="Maintenance"/>.</summary>
    internal EmbeddedGarnet Garnet => _garnet;

    /// <summary>Who lends sessions, as <see cref="Maintenance"/>.</summary>
    internal SessionPool Sessions => _sessions;

    /// <summary>The hash index, as <see cref="Maintenance"/>.</summary>
    internal StoreIndex Index => _room.Index;

    /// <summary>Where the log stands against its bounds.</summary>
    internal StoreRoom Room => _room;

    /// <summary>Opens the store, and brings back what an earlier one left in the data directory.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="logger">Where to write; null: nowhere.</param>
    /// <exception cref="ArgumentException">The settings are wrong; the message lists every error.</exception>
    /// <exception cref="InvalidOperationException">The data directory is in use, or its append-only file cannot be read.</exception>
    public static GarnetWindowStore Open(EmbeddedStoreOptions options, ILogger<GarnetWindowStore>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Errors() is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, errors), nameof(options));
        }

        ILogger log = logger ?? NullLogger<GarnetWindowStore>.Instance;
        var directory = options.DataDirectory is { } path ? DirectoryLock.Take(path) : null;
        try
        {
            var started = TimeProvider.System.GetTimestamp();
            var store = new GarnetWindowStore(options, directory, log);
            Opened(log, options.DataDirectory ?? "memory", TimeProvider.System.GetElapsedTime(started).TotalSeconds, store.DiskBytes);
            return store;
        }
        catch
        {
            directory?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return new(Observe(observation));
    }

    /// <inheritdoc/>
    public ValueTask<StoreStatus> AppendAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, TimeSpan timeout) =>
        new(Append(key.Span, value.Span, timeToLive));

    /// <inheritdoc/>
    public ValueTask<StoreRead> ReadAsync(ReadOnlyMemory<byte> key, long start, TimeSpan timeout) => new(Read(key.Span, start));

    /// <inheritdoc/>
    public ValueTask<StoreReplace> ReplaceAsync(
        ReadOnlyMemory<byte> key,
        ReadOnlyMemory<byte> expected,
        ReadOnlyMemory<byte> replacement,
        TimeSpan timeToLive,
        TimeSpan timeout) => new(Replace(key.Span, expected.Span, replacement.Span, timeToLive));

    /// <inheritdoc/>
    public ValueTask<StoreReplace> TrimAsync(ReadOnlyMemory<byte> key, long nowMilliseconds, TimeSpan timeout) =>
        new(Trim(key.Span, nowMilliseconds));

    /// <inheritdoc/>
    public ValueTask<StoreStatus> PingAsync(TimeSpan timeout) => new(Ping());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _sessions.CloseAsync();
        await _maintenance.DisposeAsync();
        _metrics.Dispose();
        _garnet.Dispose();
        _writer?.Dispose();
        _directory?.Dispose();
        Closed(_logger);
    }

    // A record of the greatest length, so that the page is full sooner; nobody reads it, and it expires at once.
    private void AppendFiller(int number) =>
        Append([(byte)'z', (byte)number], new byte[StoreSizes.Page / 2 - (64 * 1024)], TimeSpan.FromSeconds(1));

    /// <summary>
    /// Writes something and waits until Garnet has announced it: without a first announcement recovery would not know
    /// where in the append-only file to look for commit records.
    /// </summary>
    private void MarkOpened()
    {
        if (_garnet.AppendLog is { } log)
        {
            Append("opened"u8, [0], TimeSpan.FromSeconds(1));
            log.Commit(spinWait: true);
        }
    }

    /// <summary>
    /// Recovery reads the record log to the end of the sector that the checkpoint ends in. What lies behind the checkpoint there
    /// are records that were being made while the sector was written. Garnet stumbles over a half one when it writes the page
    /// back (docs/decisions/0032); the append-only file has them all.
    /// </summary>
    private static void HideUnfinished(EmbeddedGarnet garnet, StoreFiles files)
    {
        if (files.RecordLog is { } recordLog && garnet.CheckpointEnd() is { } end)
        {
            recordLog.HideFrom(end);
        }

        // A kill cuts a write where one of the kernel's pages ends. What is left of a commit record that was cut behind its length and
        // its version reads, with the zeros that follow, as a valid one of an empty file (docs/decisions/0038).
        Span<byte> bytes = stackalloc byte[2 * sizeof(int)];
        if (files.AppendLog is { } appendLog && appendLog.ReadEnd(bytes) is { } cut && BinaryPrimitives.ReadInt32LittleEndian(bytes) <= -LeastCommitRecord)
        {
            appendLog.HideFrom(cut);
        }
    }

    private static bool HasCommits(string directory)
    {
        var commits = new DirectoryInfo(Path.Combine(directory, "AOF", "log-commits"));
        return commits.Exists && commits.EnumerateFiles().Any();
    }

    private static bool IsUsualTimeToLive(TimeSpan timeToLive) => timeToLive == WindowLimits.Retention;

    private StoreStatus Observe(Observation observation)
    {
        if (!_room.TakesWrites && HasAppend(observation))
        {
            return Refuse();
        }

        var session = _sessions.Take();
        if (session is null)
        {
            return StoreStatus.Unavailable;
        }

        try
        {
            var usual = (int)WindowLimits.Retention.TotalSeconds;
            var appends = false;
            var begin = _garnet.RecordLogBegin;
            session.Answers.Begin(observation);
            for (var i = 0; i < observation.Count; i++)
            {
                var key = observation.Key(i).Span;
                var value = observation.Value(i).Span;
                if (value.IsEmpty)
                {
                    AskRead(session.Request, key, observation.RangeStart(i), observation.RangeEnd(i));
                    session.Answers.Expect(session.Request.Length - LogCommands.ReadArgument - RequestBuffer.LineEnd);
                    continue;
                }

                appends = true;
                AskAppend(session.Request, key, value, observation.RangeStart(i), observation.RangeEnd(i));
                session.Answers.Expect(session.Request.Length - LogCommands.AppendHeader - value.Length - RequestBuffer.LineEnd);
                if (observation.TimeToLiveSeconds(i) != usual)
                {
                    AskExpire(session.Request, key, observation.TimeToLiveSeconds(i));
                }
            }

            if (observation.Count != 0 && !session.RunInPlace())
            {
                observation.ForgetAnswers(from: 0);
                SessionFailed(_logger);
                return StoreStatus.Unavailable;
            }

            var answered = TakeAnswers(session, observation, usual);
            if (begin != _garnet.RecordLogBegin)
            {
                answered = ReadMissingAgain(session, observation, answered);
            }

            if (appends && !Commit())
            {
                return StoreStatus.Unavailable;
            }

            return answered == observation.Count ? StoreStatus.Ok : answered == 0 ? StoreStatus.Unavailable : StoreStatus.Partial;
        }
        finally
        {
            _sessions.Return(session);
        }
    }

    // Most answers are there already, and the replies say no more than that.
    private static int TakeAnswers(StoreSession session, Observation observation, int usualTimeToLive)
    {
        var replies = session.Replies;
        for (var i = 0; i < observation.Count; i++)
        {
            var appends = !observation.Value(i).IsEmpty;
            var isTaken = observation.IsAnswered(i) ? replies.TryLine((byte)'+') : TryTakeAnswer(ref replies, observation, i, appends);
            if (!isTaken || (appends && observation.TimeToLiveSeconds(i) != usualTimeToLive && !replies.TryInteger(out _)))
            {
                observation.ForgetAnswers(i);
                return i;
            }
        }

        return observation.Count;
    }

    private static bool TryTakeAnswer(ref ReplyReader replies, Observation observation, int index, bool appends)
    {
        var length = 0L;
        if ((appends && !replies.TryInteger(out length)) || !replies.TryBulk(out var tail))
        {
            return false;
        }

        observation.SetAnswer(index, length, tail);
        return true;
    }

    private static bool HasAppend(Observation observation)
    {
        for (var i = 0; i < observation.Count; i++)
        {
            if (!observation.Value(i).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private static void AskAppend(RequestBuffer request, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, int start, int end)
    {
        request.Raw(LogCommands.Append);
        request.Bulk(key);
        var argument = request.Bulk(LogCommands.AppendHeader + value.Length);
        BinaryPrimitives.WriteInt32LittleEndian(argument, start);
        BinaryPrimitives.WriteInt32LittleEndian(argument[sizeof(int)..], end);
        value.CopyTo(argument[LogCommands.AppendHeader..]);
    }

    private static void AskRead(RequestBuffer request, ReadOnlySpan<byte> key, long start, long end)
    {
        request.Raw(LogCommands.Read);
        request.Bulk(key);
        var argument = request.Bulk(LogCommands.ReadArgument);
        BinaryPrimitives.WriteInt64LittleEndian(argument, start);
        BinaryPrimitives.WriteInt64LittleEndian(argument[sizeof(long)..], end);
    }

    private static void AskExpire(RequestBuffer request, ReadOnlySpan<byte> key, long seconds)
    {
        request.Raw(LogCommands.Expire);
        request.Bulk(key);
        request.Bulk(seconds);
    }
}
