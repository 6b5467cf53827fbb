using KekeStar.Antifraud.Load.Commands;
using KekeStar.Antifraud.Load.Targets;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Load.Comparing;

/// <summary>A running service of a mode, and how far its events were sent.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Server">The service.</param>
/// <param name="Requests">Its requests.</param>
/// <param name="Numbers">The next ones.</param>
internal sealed record PrivacySubject(PrivacyMode Mode, ChildServer Server, PreparedRequests Requests, RequestNumbers Numbers) : IAsyncDisposable
{
    /// <summary>Starts the service with an empty store.</summary>
    /// <param name="mode">The mode.</param>
    /// <param name="sealingKeys">Text of the sealing keys; every mode has them.</param>
    /// <param name="requests">Its requests.</param>
    /// <param name="connections">Connections of the load.</param>
    /// <param name="cancellation">Gives up the start.</param>
    /// <exception cref="ServerStartException">It did not come up.</exception>
    public static async Task<PrivacySubject> StartAsync(PrivacyMode mode, string sealingKeys, PreparedRequests requests, int connections, CancellationToken cancellation)
    {
        string[] program = [typeof(PrivacySubject).Assembly.Location, PrivacyHostCommand.Name, .. mode.Zeroing ? (string[])[] : [PrivacyHostCommand.DefaultPool]];
        ChildServer server = await ServiceProcess.StartAsync(program, ServiceStore.Embedded, redis: null, sealingKeys, [], cancellation);
        return new PrivacySubject(mode, server, requests, new RequestNumbers(connections));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
