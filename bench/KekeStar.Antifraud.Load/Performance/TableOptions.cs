using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Load.Performance;

/// <summary>How the table is measured.</summary>
internal sealed record TableOptions
{
    /// <summary>Gets the rounds; each subject is started anew in each.</summary>
    public required int Rounds { get; init; }

    /// <summary>Gets how long a fresh subject is put under load before it is measured.</summary>
    public required TimeSpan Warmup { get; init; }

    /// <summary>Gets how long each measurement takes.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Gets the share of the service's peak at which the open loop offers load, 0 to 1.</summary>
    public double OpenShare { get; init; } = 0.7;

    /// <summary>Gets the load: connections, streams, messages, batch and traffic; the rest of it is set for each measurement.</summary>
    public required LoadOptions Load { get; init; }

    /// <summary>Gets the numbers of connections that the calls in flight are spread over, for their cost.</summary>
    public IReadOnlyList<int> GrowthConnections { get; init; } = [1, 4, 16, 64, 256];

    /// <summary>Gets the calls in flight in all while connections grow: at least as many as connections.</summary>
    public int GrowthInFlight { get; init; } = 256;

    /// <summary>Gets how calls are handed to the kernel while connections grow: as from many ordinary clients.</summary>
    public WriteMode GrowthWrites { get; init; } = WriteMode.Single;

    /// <summary>Gets the batches in flight on each connection: they hold as many events as are in flight on its long-lived streams.</summary>
    public int BatchStreams => Math.Max(1, Load.Streams * Load.MessagesPerStream / Load.Batch);

    /// <summary>Gives the key of a subject's peak.</summary>
    public MeasurementKey Peak(string subject, WriteMode writes) => new(subject, writes, MeasurementKind.Peak, Load.Connections);

    /// <summary>Gives the key of a subject in the open loop.</summary>
    public MeasurementKey Open(string subject, WriteMode writes) => new(subject, writes, MeasurementKind.Open, Load.Connections);

    /// <summary>Gives the key of a subject over a number of connections.</summary>
    public MeasurementKey Growth(string subject, int connections) => new(subject, GrowthWrites, MeasurementKind.Growth, connections);
}
