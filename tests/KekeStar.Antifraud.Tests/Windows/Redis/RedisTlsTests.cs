using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>Events over TLS, with a user and a password: who the server is gets checked, and who the service is.</summary>
public sealed class RedisTlsTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("antifraud-redis-tls-");
    private readonly int _port = LoopbackPort.Take();
    private RedisServerProcess _server = null!;

    public async Task InitializeAsync()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = NewAuthority("authority", authorityKey);
        await File.WriteAllTextAsync(FileOf("authority.pem"), authority.ExportCertificatePem());
        using var strangerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = NewAuthority("stranger", strangerKey);
        await File.WriteAllTextAsync(FileOf("stranger.pem"), stranger.ExportCertificatePem());
        await WriteServerCertificateAsync(authority);
        await File.WriteAllTextAsync(FileOf("password"), "secret");
        await File.WriteAllTextAsync(FileOf("wrong"), "guess");
        _server = await RedisServerProcess.StartAsync(
            "--tls-port", _port.ToString(CultureInfo.InvariantCulture), "--tls-auth-clients", "no",
            "--tls-cert-file", FileOf("server.pem"), "--tls-key-file", FileOf("server.key"), "--tls-ca-cert-file", FileOf("authority.pem"),
            "--user", "antifraud", "on", ">secret", "~*", "+@all", "--user", "default", "on", "nopass", "~x", "+@connection", "+@admin", "+@slow");
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Events_are_answered()
    {
        var options = Options("authority.pem", "store.test", "password");
        options.ConnectTimeout = Patience.Limit;
        await using var store = await ConnectAsync(options);
        await RedisStores.AnswersAsync(store);
        for (var record = 1; record <= 3; record++)
        {
            var observation = new Observation();
            for (var entry = 0; entry < 8; entry++)
            {
                observation.AddAppend([WindowKey.Prefix, (byte)entry], default(WindowRecord), WindowLimits.Retention, -9216, -1);
            }

            Assert.Equal(StoreStatus.Ok, await store.ObserveAsync(observation, Patience.Limit));
            Assert.All(Enumerable.Range(0, 8), entry => Assert.Equal(record * WindowRecord.Length, observation.Tail(entry).Length));
        }
    }

    [Theory]
    [InlineData("stranger.pem", "store.test", "password")]
    [InlineData("authority.pem", "another.test", "password")]
    [InlineData("authority.pem", "store.test", "wrong")]
    public async Task A_server_or_a_password_that_is_not_right_is_not_spoken_with(string authority, string host, string password)
    {
        await using var store = await ConnectAsync(Options(authority, host, password));
        var observation = new Observation();
        observation.AddRead([WindowKey.Prefix], 0, -1);
        Assert.Equal(StoreStatus.Unavailable, await store.ObserveAsync(observation, Patience.Limit));

        // Not by way of the client's own connection alone: no try of the event's connections gets through either.
        using var dialer = NewDialer(Options(authority, host, password));
        Assert.Null(await dialer.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _port), CancellationToken.None));
        using var right = NewDialer(Options("authority.pem", "store.test", "password"));
        await using var stream = await right.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _port), CancellationToken.None);
        Assert.NotNull(stream);
    }

    private static Task<RedisWindowStore> ConnectAsync(RedisStoreOptions options) =>
        RedisWindowStore.ConnectAsync(options, NullLogger<RedisWindowStore>.Instance, TimeProvider.System);

    private static RedisDialer NewDialer(RedisStoreOptions options) => new(RedisConnection.Read(options, []), options, TimeProvider.System);

    private static X509Certificate2 NewAuthority(string name, ECDsa key)
    {
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private string FileOf(string name) => Path.Combine(_directory.FullName, name);

    private async Task WriteServerCertificateAsync(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=store.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("store.test");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
        await File.WriteAllTextAsync(FileOf("server.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(FileOf("server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private RedisStoreOptions Options(string authority, string host, string password) => new()
    {
        Configuration = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}"),
        User = "antifraud",
        PasswordFile = FileOf(password),
        Tls = true,
        TlsHost = host,
        CertificateAuthorityFile = FileOf(authority),
        CommandTimeout = Patience.Limit,
        ReconnectInterval = TimeSpan.FromSeconds(30),
    };
}
