using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Connecting;

/// <summary>One gRPC connection to a service, and what every call over it carries.</summary>
internal sealed class ServiceConnection : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly TimeSpan _deadline;
    private readonly Metadata _headers = [];

    private ServiceConnection(GrpcChannel channel, TimeSpan deadline, string? token)
    {
        _channel = channel;
        _deadline = deadline;
        if (token is not null)
        {
            _headers.Add("authorization", $"Bearer {token}");
        }

        Antifraud = new V1.Antifraud.AntifraudClient(channel);
        Lists = new Lists.ListsClient(channel);
        Privacy = new V1.Privacy.PrivacyClient(channel);
        Health = new Grpc.Health.V1.Health.HealthClient(channel);
    }

    /// <summary>Scores and outcomes.</summary>
    public V1.Antifraud.AntifraudClient Antifraud { get; }

    /// <summary>Allow, deny and grey lists.</summary>
    public Lists.ListsClient Lists { get; }

    /// <summary>The rights of the people behind the accounts.</summary>
    public V1.Privacy.PrivacyClient Privacy { get; }

    /// <summary>Whether it is alive and its answers are full.</summary>
    public Grpc.Health.V1.Health.HealthClient Health { get; }

    /// <summary>Opens a connection; the network is first touched by the first call.</summary>
    /// <param name="address">http (h2c, without TLS) or https.</param>
    /// <param name="deadline">Longest wait for one answer.</param>
    /// <param name="files">Certificates and token.</param>
    public static ServiceConnection Open(Uri address, TimeSpan deadline, ConnectionFiles files)
    {
        // A proxy of the environment never stands between this machine and itself.
        var handler = new SocketsHttpHandler
        {
            UseProxy = !address.IsLoopback,
            EnableMultipleHttp2Connections = true,
            SslOptions = TlsOptions(files),
        };
        var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        return new ServiceConnection(channel, deadline, files.Token is null ? null : File.ReadAllText(files.Token).Trim());
    }

    /// <summary>Deadline and headers of a call that starts now.</summary>
    public CallOptions Call(CancellationToken cancellation) =>
        new(_headers, TimeProvider.System.GetUtcNow().UtcDateTime + _deadline, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private static SslClientAuthenticationOptions TlsOptions(ConnectionFiles files)
    {
        var options = new SslClientAuthenticationOptions();
        if (files.Certificate is not null)
        {
            options.ClientCertificates = [X509Certificate2.CreateFromPemFile(files.Certificate, files.Key)];
        }

        if (files.Authority is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(files.Authority);
        }

        return options;
    }
}

/// <summary>Paths of the files that secure a connection; null: not used.</summary>
/// <param name="Authority">PEM of the service's authority.</param>
/// <param name="Certificate">PEM of the caller's certificate.</param>
/// <param name="Key">PEM of its private key.</param>
/// <param name="Token">JWT.</param>
internal readonly record struct ConnectionFiles(string? Authority, string? Certificate, string? Key, string? Token)
{
    /// <summary>No file at all: plain h2c.</summary>
    public static ConnectionFiles None => default;
}
