using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>Connects to a server: TCP, TLS, AUTH, CLIENT SETNAME, and a PING that must be answered.</summary>
internal sealed class RedisDialer : IDisposable
{
    private readonly ConfigurationOptions _configuration;
    private readonly X509Certificate2? _authority;
    private readonly byte[] _handshake;
    private readonly int _replies;
    private readonly TimeProvider _time;

    /// <summary>Reads what is needed from the client's settings.</summary>
    public RedisDialer(ConfigurationOptions configuration, RedisStoreOptions options, TimeProvider time)
    {
        _configuration = configuration;
        _authority = options.CertificateAuthorityFile is { } file ? X509CertificateLoader.LoadCertificateFromFile(file) : null;
        _handshake = NewHandshake(configuration, out _replies);
        _time = time;
        ReconnectInterval = options.ReconnectInterval;
        HeartbeatInterval = options.HeartbeatInterval;
        CommandTimeout = options.CommandTimeout;
    }

    /// <summary>How long to wait between two tries, and for TCP and TLS in each.</summary>
    public TimeSpan ReconnectInterval { get; }

    /// <summary>How often a connection is looked after.</summary>
    public TimeSpan HeartbeatInterval { get; }

    /// <summary>How long to wait for the handshake's replies.</summary>
    public TimeSpan CommandTimeout { get; }

    /// <summary>Tries once.</summary>
    /// <returns>The connection, ready for commands; null: there is none to be had.</returns>
    public async Task<Stream?> ConnectAsync(EndPoint endPoint, CancellationToken stop)
    {
        Stream? stream = null;
        try
        {
            using var connecting = new Deadline(ReconnectInterval, _time, stop);
            stream = await OpenAsync(endPoint, connecting.Token);
            using var greeting = new Deadline(CommandTimeout, _time, stop);
            if (await GreetAsync(stream, greeting.Token))
            {
                return stream;
            }
        }
        catch (Exception error) when (
            error is SocketException or IOException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            // The client, which keeps a connection of its own to the same server, logs why.
        }

        if (stream is not null)
        {
            await stream.DisposeAsync();
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _authority?.Dispose();

    private static byte[] NewHandshake(ConfigurationOptions configuration, out int replies)
    {
        var commands = new List<string[]>();
        if (configuration.Password is { Length: > 0 } password)
        {
            commands.Add(configuration.User is { Length: > 0 } user ? ["AUTH", user, password] : ["AUTH", password]);
        }

        var name = configuration.ClientName ?? Environment.MachineName;
        commands.Add(["CLIENT", "SETNAME", name.Replace(' ', '-')]);
        commands.Add(["PING"]);
        replies = commands.Count;

        var writer = new ArrayBufferWriter<byte>();
        foreach (var command in commands)
        {
            writer.Write(Encoding.UTF8.GetBytes($"*{command.Length}\r\n"));
            foreach (var part in command)
            {
                writer.Write(Encoding.UTF8.GetBytes($"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n"));
            }
        }

        return writer.WrittenSpan.ToArray();
    }

    private async Task<Stream> OpenAsync(EndPoint endPoint, CancellationToken cancel)
    {
        var socket = endPoint is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(endPoint, cancel);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (!_configuration.Ssl)
            {
                return stream;
            }

            var secure = new SslStream(stream);
            stream = secure;
            await secure.AuthenticateAsClientAsync(SslOptions(endPoint), cancel);
            return secure;
        }
        catch
        {
            await (stream?.DisposeAsync() ?? ValueTask.CompletedTask);
            socket.Dispose();
            throw;
        }
    }

    private SslClientAuthenticationOptions SslOptions(EndPoint endPoint) => new()
    {
        TargetHost = _configuration.SslHost ?? (endPoint as DnsEndPoint)?.Host ?? (endPoint as IPEndPoint)?.Address.ToString(),
        EnabledSslProtocols = _configuration.SslProtocols ?? SslProtocols.None,
        CertificateRevocationCheckMode = _configuration.CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors),
    };

    // As the client does it: the machine's trust store, or the authority that was named.
    private bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || _authority is null || certificate is null)
        {
            return errors == SslPolicyErrors.None;
        }

        using var chain = new X509Chain();
        using var shown = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        return chain.Build(shown);
    }

    // Only a refused log-in is a failure: a server that loads its data answers by errors too, and is there.
    private async Task<bool> GreetAsync(Stream stream, CancellationToken cancel)
    {
        await stream.WriteAsync(_handshake, cancel);
        var received = new byte[4 * 1024];
        var length = 0;
        for (var reply = 0; reply < _replies; reply++)
        {
            OperationStatus status;
            while ((status = TryTake(received, ref length, out var isRefused)) != OperationStatus.Done)
            {
                if (status == OperationStatus.InvalidData || isRefused || length == received.Length)
                {
                    return false;
                }

                var count = await stream.ReadAsync(received.AsMemory(length), cancel);
                if (count == 0)
                {
                    return false;
                }

                length += count;
            }
        }

        return true;
    }

    private static OperationStatus TryTake(byte[] received, ref int length, out bool isRefused)
    {
        isRefused = false;
        var status = RespReply.TryRead(received.AsSpan(0, length), out var reply, out var taken);
        if (status != OperationStatus.Done)
        {
            return status;
        }

        if (reply.Kind == RespReplyKind.Error
            && (reply.Bytes.StartsWith("WRONGPASS"u8) || reply.Bytes.StartsWith("NOAUTH"u8)))
        {
            isRefused = true;
            return OperationStatus.InvalidData;
        }

        received.AsSpan(taken, length - taken).CopyTo(received);
        length -= taken;
        return OperationStatus.Done;
    }

    private sealed class Deadline : IDisposable
    {
        private readonly CancellationTokenSource _timeout;
        private readonly CancellationTokenSource _either;

        public Deadline(TimeSpan timeout, TimeProvider time, CancellationToken stop)
        {
            _timeout = new CancellationTokenSource(timeout, time);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, stop);
        }

        public CancellationToken Token => _either.Token;

        public void Dispose()
        {
            _either.Dispose();
            _timeout.Dispose();
        }
    }
}
