using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation;

/// <summary>
/// Who a world asks about what happens in it: the hot path itself, whose answers change what people do next, or a file, which is
/// answered later (<see cref="Traffic.TrafficRecorder"/>).
/// </summary>
internal interface IWorldService
{
    /// <summary>Asks about an event.</summary>
    Task<Answer> ScoreAsync(Happening happening);

    /// <summary>Tells how an event ended.</summary>
    Task ReportAsync(Happening happening, ReportRequest report);
}
