using System.Globalization;
using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>
/// With SCENARIO_DUMP=folder: writes the known features of every event as tab-separated name=value, to tune rules by. Holds
/// no identifier, real or made up.
/// </summary>
internal sealed class FeatureDump : IDisposable
{
    private readonly StreamWriter _file;

    private FeatureDump(string path) => _file = new StreamWriter(path);

    /// <summary>Opens the file of a world, or gives null.</summary>
    internal static FeatureDump? Open(int seed) => Environment.GetEnvironmentVariable("SCENARIO_DUMP") is { Length: > 0 } folder
        ? new FeatureDump(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{seed}-{Guid.NewGuid():N}.tsv")))
        : null;

    internal void Write(string group, DateTimeOffset time, ScoringCall call)
    {
        _file.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"group={group}\ttime={(time - ScenarioWorld.Start).TotalHours:0.00}\tscene={call.Event.Scene}\tverdict={call.Decision.Verdict}\tscore={call.Decision.Rules.Score}"));
        foreach (var feature in FeatureCatalogue.All)
        {
            var value = call.Features.Values[feature.Index];
            if (!double.IsNaN(value) && value != 0)
            {
                _file.Write(string.Create(CultureInfo.InvariantCulture, $"\t{feature.Name}={value:0.###}"));
            }
        }

        _file.WriteLine();
    }

    public void Dispose() => _file.Dispose();
}
