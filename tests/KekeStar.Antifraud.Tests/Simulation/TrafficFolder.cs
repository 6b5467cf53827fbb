using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Tests.Simulation;

/// <summary>A folder with traffic files, removed with the test.</summary>
internal sealed class TrafficFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-traffic-");

    /// <summary>Path of something in it.</summary>
    internal string Of(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes traffic.</summary>
    internal async Task<string> WriteAsync(string name, int seed, int days, long events, SimulationParameters? parameters = null)
    {
        var simulation = new TrafficSimulation(parameters ?? SimulationParameters.Shipped(), seed, days, events, TrafficSimulation.UsualStart);
        await using var writer = await TrafficFileWriter.BeginAsync(File.Create(Of(name)));
        await simulation.RunAsync(writer);
        return Of(name);
    }

    /// <summary>Reads all rows.</summary>
    internal static async Task<List<TrafficRow>> ReadAsync(string path)
    {
        List<TrafficRow> rows = [];
        await foreach (var row in TrafficFileReader.ReadAsync(path))
        {
            rows.Add(row);
        }

        return rows;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
