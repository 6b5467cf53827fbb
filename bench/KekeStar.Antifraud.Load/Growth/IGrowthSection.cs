using KekeStar.Antifraud.Load.Reporting;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>A part of a report, that is measured by itself.</summary>
internal interface IGrowthSection
{
    /// <summary>Gives how many steps it takes.</summary>
    int Steps(GrowthOptions options);

    /// <summary>Measures it.</summary>
    /// <param name="options">How much.</param>
    /// <param name="progress">Told of each step that begins.</param>
    /// <param name="cancellation">Ends it early.</param>
    Task<ReportSection> RunAsync(GrowthOptions options, StepProgress progress, CancellationToken cancellation);
}
