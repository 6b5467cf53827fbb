namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>Writes rows in their order: as Parquet, or as JSON lines.</summary>
internal interface ITrafficWriter : IAsyncDisposable
{
    /// <summary>Writes a row.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    ValueTask WriteAsync(TrafficRow row);

    /// <summary>Ends the file: it is whole only then.</summary>
    ValueTask CompleteAsync();
}
