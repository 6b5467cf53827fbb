namespace KekeStar.Antifraud.Tests.Archive.Backtests;

/// <summary>Days of random traffic, recorded once for all tests that only read them.</summary>
public sealed class RecordedHistory : IAsyncLifetime
{
    private const int Events = 2_000;

    internal RecordedTraffic Traffic { get; } = new(seed: 1);

    public Task InitializeAsync() => Traffic.RunAsync(Events);

    public async Task DisposeAsync() => await Traffic.DisposeAsync();
}
