namespace KekeStar.Antifraud.Load.Growth;

/// <summary>How much is measured.</summary>
internal sealed record GrowthOptions
{
    /// <summary>Gets the most logs of other entities in the store.</summary>
    public required int MostKeys { get; init; }

    /// <summary>Gets the length of a slice; a redis-server's CPU time is known to 10 ms.</summary>
    public required TimeSpan Slice { get; init; }

    /// <summary>Gets how many slices there are; the cheapest counts.</summary>
    public required int Slices { get; init; }

    /// <summary>Gets the length of the load before: the service is compiled again in the background for about ten seconds.</summary>
    public required TimeSpan Warmup { get; init; }

    /// <summary>Gets whether there is a redis-server.</summary>
    public required bool HasRedis { get; init; }
}
