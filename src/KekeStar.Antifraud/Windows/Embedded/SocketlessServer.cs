using System.Collections.Concurrent;
using Garnet.networking;
using Garnet.server;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Stands where Garnet expects a listening server, and keeps the provider that makes sessions.</summary>
internal sealed class SocketlessServer : IGarnetServer
{
    private readonly ConcurrentDictionary<WireFormat, ISessionProvider> _providers = new();

    /// <summary>Makes a session that answers into a sender.</summary>
    public IMessageConsumer NewSession(INetworkSender sender) => _providers[WireFormat.ASCII].GetSession(WireFormat.ASCII, sender);

    public void Register(WireFormat wireFormat, ISessionProvider backendProvider) => _providers[wireFormat] = backendProvider;

    public void Unregister(WireFormat wireFormat, out ISessionProvider provider) => _providers.TryRemove(wireFormat, out provider!);

    public ConcurrentDictionary<WireFormat, ISessionProvider> GetSessionProviders() => _providers;

    public bool AddSession(WireFormat protocol, ref ISessionProvider provider, INetworkSender networkSender, out IMessageConsumer session)
    {
        session = provider.GetSession(protocol, networkSender);
        return true;
    }

    public void Start()
    {
        // Nothing to listen on.
    }

    public void Close()
    {
        // Nothing to close.
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
