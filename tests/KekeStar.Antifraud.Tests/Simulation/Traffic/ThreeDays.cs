using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Tests.Simulation.Traffic;

/// <summary>The traffic of three days, told once for all facts about it.</summary>
public sealed class ThreeDays : IAsyncLifetime
{
    internal const int Seed = 7;
    internal const int Days = 3;
    internal const long Wanted = 4_000;

    internal TrafficFolder Folder { get; } = new();

    internal string Path => Folder.Of("traffic.parquet");

    internal IReadOnlyList<TrafficRow> Rows { get; private set; } = [];

    public async Task InitializeAsync() => Rows = await TrafficFolder.ReadAsync(await Folder.WriteAsync("traffic.parquet", Seed, Days, Wanted));

    public Task DisposeAsync()
    {
        Folder.Dispose();
        return Task.CompletedTask;
    }
}
