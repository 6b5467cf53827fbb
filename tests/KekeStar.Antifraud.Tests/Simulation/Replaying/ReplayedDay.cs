using KekeStar.Antifraud.Simulation.Replaying;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Tests.Simulation.Replaying;

/// <summary>One day through the hot path, once for all facts about it.</summary>
public sealed class ReplayedDay : IAsyncLifetime, IDisposable
{
    private const int StoreMebibytes = 256;
    private readonly TrafficFolder _folder = new();

    internal string Path => _folder.Of("traffic.parquet");

    internal string Archive => _folder.Of("archive");

    internal IReadOnlyList<TrafficRow> Rows { get; private set; } = [];

    internal ReplayResult Result { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Rows = await TrafficFolder.ReadAsync(await _folder.WriteAsync("traffic.parquet", seed: 11, days: 1, events: 2_500));
        Result = await ReplayAsync("archive");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    /// <summary>Path of something beside the file.</summary>
    internal string Of(string name) => _folder.Of(name);

    /// <summary>Replays the file into a folder beside it.</summary>
    internal Task<ReplayResult> ReplayAsync(string archive) =>
        TrafficReplay.RunAsync(Path, new ReplayOptions(_folder.Of(archive)) { StoreMebibytes = StoreMebibytes });
}
