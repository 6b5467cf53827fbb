using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>An authority of the test's own, with an intermediate that issues the certificates; files go with it.</summary>
internal sealed class TestCertificates : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-2);
    private static readonly DateTimeOffset Until = From.AddDays(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-certificates-");
    private readonly X509Certificate2 _intermediate;

    public TestCertificates()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = AuthorityRequest("CN=Test root", rootKey);
        Root = root.CreateSelfSigned(From, Until);
        using var intermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = AuthorityRequest("CN=Test intermediate", intermediateKey).Create(Root, From, Until, RandomNumberGenerator.GetBytes(8));
        _intermediate = issued.CopyWithPrivateKey(intermediateKey);
        RootFile = Write("root.pem", Root.ExportCertificatePem());
        AuthoritiesFile = Write("authorities.pem", Root.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem());
        using var server = Issue("CN=server", names => names.AddIpAddress(IPAddress.Loopback), ServerUse);
        ServerFile = Write("server.pem", server.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem());
        ServerKeyFile = Write("server.key", server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public X509Certificate2 Root { get; }

    public string RootFile { get; }

    /// <summary>Root and intermediate, as a service keeps them for its callers.</summary>
    public string AuthoritiesFile { get; }

    /// <summary>The server's certificate and then its intermediate's.</summary>
    public string ServerFile { get; }

    public string ServerKeyFile { get; }

    public X509Certificate2 Client(Action<SubjectAlternativeNameBuilder> names, string subject = "CN=client", string use = ClientUse, bool isExpired = false) =>
        Issue(subject, names, use, isExpired ? From.AddDays(1) : Until);

    /// <summary>Makes a client trust the root, and no other.</summary>
    public void Trust(SocketsHttpHandler handler)
    {
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(Root);
    }

    public X509Certificate2 ServerOnly(Action<SubjectAlternativeNameBuilder> names) => Issue("CN=client", names, ServerUse);

    /// <summary>Makes a client trust the root alone, as a gateway does, so that the server must send its intermediate, and show a certificate.</summary>
    public void Present(SocketsHttpHandler handler, X509Certificate2? certificate)
    {
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(Root);
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(AuthoritiesFile);
        handler.SslOptions.ClientCertificateContext = certificate is null
            ? null
            : SslStreamCertificateContext.Create(certificate, authorities, offline: true);
    }

    public void Dispose()
    {
        Root.Dispose();
        _intermediate.Dispose();
        _folder.Delete(recursive: true);
    }

    private static CertificateRequest AuthorityRequest(string subject, ECDsa key)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private X509Certificate2 Issue(string subject, Action<SubjectAlternativeNameBuilder> names, string use, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        names(alternatives);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        using var issued = request.Create(_intermediate, From, until ?? Until, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    private string Write(string name, string pem)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, pem);
        return path;
    }
}
