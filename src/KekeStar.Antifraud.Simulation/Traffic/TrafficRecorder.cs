using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>Writes down what happens in a world, with its label; outcomes when they come to the service.</summary>
internal sealed class TrafficRecorder : IWorldService
{
    private readonly ITrafficWriter _writer;
    private readonly OutcomeDelivery _delivery;
    private readonly Dictionary<string, SourceParameters> _actors;
    private World? _world;
    private long _slots;

    /// <summary>Makes a recorder.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="parameters">Who the actors are.</param>
    /// <param name="delivery">How outcomes come.</param>
    internal TrafficRecorder(ITrafficWriter writer, SimulationParameters parameters, OutcomeDelivery delivery)
    {
        _writer = writer;
        _delivery = delivery;
        _actors = parameters.Segments.Concat(parameters.Adversaries).ToDictionary(static entry => entry.Source.Name, StringComparer.Ordinal);
    }

    /// <summary>Events written.</summary>
    internal long Events { get; private set; }

    /// <summary>Outcomes written.</summary>
    internal long Reports { get; private set; }

    /// <summary>Tells in which world outcomes are late.</summary>
    internal void Attach(World world) => _world = world;

    /// <inheritdoc/>
    public async Task<Answer> ScoreAsync(Happening happening)
    {
        var slot = 0L;
        if (happening.Handset.KeepsToken)
        {
            slot = happening.Handset.TokenSlot == 0 ? happening.Handset.TokenSlot = ++_slots : happening.Handset.TokenSlot;
        }

        Events++;
        await _writer.WriteAsync(RowOf(happening, happening.Time, happening.Request, OutcomeCondition.None, slot));
        return Answer.Later;
    }

    /// <inheritdoc/>
    public Task ReportAsync(Happening happening, ReportRequest report)
    {
        if (_delivery.DelayOf(report.Outcome) is { } delay)
        {
            _world!.At(_world.Now + delay, async () =>
            {
                Reports++;
                report.OutcomeTime = Timestamp.FromDateTimeOffset(_world.Now);
                await _writer.WriteAsync(RowOf(happening, _world.Now, report, OutcomeDelivery.ConditionOf(report.Outcome), tokenSlot: 0));
            });
        }

        return Task.CompletedTask;
    }

    private TrafficRow RowOf(Happening happening, DateTimeOffset time, IMessage message, OutcomeCondition condition, long tokenSlot)
    {
        var actor = _actors[happening.Actor];
        return new TrafficRow(
            time.ToUnixTimeMilliseconds(),
            message is ReportRequest,
            happening.Number,
            message.ToByteArray(),
            actor.Source.Name,
            actor.Source.IsAdversary,
            actor.IsUnseen,
            actor.Source.RiskOf?.Invoke(happening.Request.Scene),
            condition,
            tokenSlot);
    }
}
