namespace KekeStar.Antifraud.Tests.Service;

/// <summary>One service for all tests that only add entities of their own to it.</summary>
public sealed class SharedService : IAsyncLifetime
{
    internal ServiceHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await ServiceHost.StartAsync("--Logging:LogLevel:Default=Debug");

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

[CollectionDefinition(nameof(ServiceCollection))]
public sealed class ServiceCollection : ICollectionFixture<SharedService>;
