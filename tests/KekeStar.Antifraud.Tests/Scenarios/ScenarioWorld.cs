using KekeStar.Antifraud.Simulation;
using KekeStar.Antifraud.Simulation.People;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>A world whose every event goes through the service's own hot path, and what was answered.</summary>
internal sealed class ScenarioWorld : IAsyncDisposable
{
    private readonly ScoredWorld _service;

    public ScenarioWorld(int seed)
    {
        _service = new ScoredWorld(seed, Start);
        World = new World(seed, _service, Start);
    }

    /// <summary>Midnight in China, a Monday.</summary>
    internal static DateTimeOffset Start { get; } = new(2026, 9, 7, 0, 0, 0, DayRhythm.Zone);

    internal World World { get; }

    internal Ledger Ledger => _service.Ledger;

    /// <summary>Beginning of a day, counted from 0.</summary>
    internal static DateTimeOffset Day(int day) => Start.AddDays(day);

    internal Task RunAsync() => World.RunAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
