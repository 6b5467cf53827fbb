using Google.Protobuf;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Replaying;

/// <summary>
/// Replays a traffic file through the hot path, one row after the other at the row's time, into an archive and labels beside it. The
/// same file gives the same decisions.
/// </summary>
internal sealed class TrafficReplay
{
    // Half of what the queue of records holds.
    private const int CollectEvery = 4_096;

    private readonly InProcessService _service;
    private readonly SimulatedClock _clock;
    private readonly LabelFileWriter _labels;
    private readonly Dictionary<string, ActorVerdicts> _actors = new(StringComparer.Ordinal);
    private readonly Dictionary<long, byte[]> _tokens = [];
    // By the number of the event, from 1.
    private readonly List<byte> _verdicts = [0];
    private readonly byte[] _withToken = new byte[IntakeLimits.MaxEventBytes + 2 + DeviceTokens.MaxLength];
    private long _reports;
    private long _withheld;
    private long _forgotten;

    private TrafficReplay(InProcessService service, SimulatedClock clock, LabelFileWriter labels)
    {
        _service = service;
        _clock = clock;
        _labels = labels;
    }

    /// <summary>Replays a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Where the archive goes, and by which policy.</param>
    /// <param name="replayed">Called for each row.</param>
    /// <param name="cancellation">Ends it early; the archive is not whole then.</param>
    /// <exception cref="TrafficFileException">The file is no traffic file.</exception>
    /// <exception cref="InvalidDataException">An event of the file cannot be scored.</exception>
    /// <exception cref="IOException">A file cannot be read or written, or the archive's folder is not empty.</exception>
    internal static async Task<ReplayResult> RunAsync(string path, ReplayOptions options, Action? replayed = null, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(options.Archive);
        if (Directory.EnumerateFileSystemEntries(options.Archive).Any())
        {
            throw new IOException($"{options.Archive} is not empty: an archive of simulated decisions gets a folder of its own.");
        }

        await using var rows = TrafficFileReader.ReadAsync(path, cancellation).GetAsyncEnumerator(cancellation);
        if (!await rows.MoveNextAsync())
        {
            throw new TrafficFileException($"{path}: The file holds no row.");
        }

        var clock = new SimulatedClock(DateTimeOffset.FromUnixTimeMilliseconds(rows.Current.TimeMilliseconds));
        await using var service = await InProcessService.StartAsync(options, clock);
        await using var labels = await LabelFileWriter.BeginAsync(File.Create(Path.Combine(options.Archive, LabelSchema.FileName)));
        var replay = new TrafficReplay(service, clock, labels);
        var row = 0;
        do
        {
            await replay.ReplayAsync(rows.Current);
            replayed?.Invoke();
            if (++row % CollectEvery == 0)
            {
                service.Writer.Collect();
            }
        }
        while (await rows.MoveNextAsync());

        await labels.CompleteAsync();
        if (!service.Writer.Flush())
        {
            throw new IOException($"{options.Archive}: The archive cannot be written.");
        }

        // By then every hour is over.
        clock.Advance(clock.GetUtcNow().AddHours(2).ToUnixTimeMilliseconds());
        service.Writer.KeepUp();
        return new ReplayResult(
            [.. replay._actors.Values.OrderBy(static actor => actor.IsAbusive).ThenBy(static actor => actor.Actor, StringComparer.Ordinal)],
            replay._reports,
            replay._withheld,
            replay._forgotten);
    }

    private async ValueTask ReplayAsync(TrafficRow row)
    {
        _clock.Advance(row.TimeMilliseconds);
        if (row.IsReport)
        {
            await ReportAsync(row);
            return;
        }

        if (row.Event != _verdicts.Count)
        {
            throw new TrafficFileException(FormattableString.Invariant($"Event {row.Event} stands where event {_verdicts.Count} should: the file is damaged."));
        }

        var (decision, verdict, token) = await _service.ScoreAsync(WithToken(row), static call => (call.Event.Event.High, call.Decision.Verdict, TokenOf(call)));
        if (row.TokenSlot != 0 && token is not null)
        {
            _tokens[row.TokenSlot] = token;
        }

        _verdicts.Add((byte)verdict);
        if (!_actors.TryGetValue(row.Actor, out var actor))
        {
            _actors.Add(row.Actor, actor = new ActorVerdicts(row.Actor, row.IsAbusive, row.IsUnseen));
        }

        actor.Add(verdict);
        await _labels.AddAsync(decision, row);
    }

    private async ValueTask ReportAsync(TrafficRow row)
    {
        var verdict = row.Event > 0 && row.Event < _verdicts.Count ? (Verdict)_verdicts[(int)row.Event] : Verdict.Unspecified;
        if ((row.Condition == OutcomeCondition.Challenged && verdict != Verdict.Challenge)
            || (row.Condition == OutcomeCondition.NotRejected && verdict == Verdict.Reject))
        {
            _withheld++;
            return;
        }

        _reports++;
        if (!await _service.ReportAsync(row.Message))
        {
            _forgotten++;
        }
    }

    // The token is a field like the others, so it may stand behind them.
    private ReadOnlyMemory<byte> WithToken(TrafficRow row)
    {
        if (!_tokens.TryGetValue(row.TokenSlot, out var token) || row.Message.Length > IntakeLimits.MaxEventBytes)
        {
            return row.Message;
        }

        row.Message.Span.CopyTo(_withToken);
        var length = row.Message.Length;
        _withToken[length++] = (byte)WireFormat.MakeTag(ScoreRequest.DeviceTokenFieldNumber, WireFormat.WireType.LengthDelimited);
        _withToken[length++] = (byte)token.Length;
        token.CopyTo(_withToken, length);
        return _withToken.AsMemory(0, length + token.Length);
    }

    private static byte[]? TokenOf(ScoringCall call)
    {
        var device = call.Event.Entity(EntitySlot.Device);
        if (device.IsNone)
        {
            return null;
        }

        Span<byte> token = stackalloc byte[DeviceTokens.MaxLength];
        return token[..DeviceTokens.Seal(call.Event.Keys, device, call.Event.OtherEntity(EntitySlot.Device), token)].ToArray();
    }
}
