using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;

namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>Tells the days of a world of honest people and adversaries, as a file.</summary>
/// <param name="Parameters">All figures.</param>
/// <param name="Seed">Decides about everything that is chance.</param>
/// <param name="Days">Days that are told, 1 to <see cref="MostDays"/>.</param>
/// <param name="Events">Events to score, about; outcomes come on top.</param>
/// <param name="Start">Midnight in China of the first day.</param>
internal sealed record TrafficSimulation(SimulationParameters Parameters, int Seed, int Days, long Events, DateTimeOffset Start)
{
    /// <summary>Most days: as long as the archive keeps a decision.</summary>
    internal const int MostDays = 31;

    /// <summary>Fewest events; of fewer not every segment and adversary gets one.</summary>
    internal const long LeastEvents = 1_000;

    /// <summary>Most events: their people stand in memory, some 200 bytes for each event.</summary>
    internal const long MostEvents = 50_000_000;

    // The outcomes have a chance of their own, so that what people do does not depend on what is reported of it.
    private const int SeedOfOutcomes = 0x6f7574;

    /// <summary>Midnight in China of the first day, unless another is asked for: a Monday.</summary>
    internal static DateTimeOffset UsualStart { get; } = new(2026, 9, 7, 0, 0, 0, DayRhythm.Zone);

    /// <summary>Tells them.</summary>
    /// <param name="writer">Where to; completed by it.</param>
    /// <param name="told">Called now and then with the share of the time that is told.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Events and outcomes written.</returns>
    internal async Task<(long Events, long Reports)> RunAsync(ITrafficWriter writer, Action<double>? told = null, CancellationToken cancellation = default)
    {
        var recorder = new TrafficRecorder(writer, Parameters, new OutcomeDelivery(Parameters.Outcomes, new Random(Seed ^ SeedOfOutcomes)));
        var world = new World(Seed, recorder, Start);
        recorder.Attach(world);
        Plan(world);
        if (told is not null)
        {
            for (var hour = 1; hour < 24 * Days; hour++)
            {
                var share = hour / (24.0 * Days);
                world.At(Start.AddHours(hour), () =>
                {
                    told(share);
                    return Task.CompletedTask;
                });
            }
        }

        await world.RunAsync(Start.AddDays(Days), cancellation);
        await writer.CompleteAsync();
        return (recorder.Events, recorder.Reports);
    }

    private void Plan(World world)
    {
        var habits = new Habits(world, Parameters.ToHabits());
        var honest = Events * (1 - Parameters.AbusiveShare);
        List<Person> victims = [];
        foreach (var segment in Parameters.Segments.Where(static segment => segment.Share > 0))
        {
            segment.Source.Plan(new Stage(segment.Source.Name, habits, segment.Figures, segment.Share * honest, Days, victims));
        }

        foreach (var adversary in Parameters.Adversaries.Where(static adversary => adversary.Share > 0))
        {
            adversary.Source.Plan(new Stage(adversary.Source.Name, habits, adversary.Figures, adversary.Share * Events, Days, victims));
        }
    }
}
