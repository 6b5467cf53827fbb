namespace KekeStar.Antifraud.Service.Listening;

/// <summary>Where the service listens and who may call it.</summary>
public sealed class ListenOptions
{
    /// <summary>
    /// Address of the gRPC port (HTTP/2), such as <c>http://127.0.0.1:5080</c> or <c>https://0.0.0.0:5080</c>. Default:
    /// <c>http://127.0.0.1:5080</c>. Anything but loopback needs https and <see cref="Callers"/>.
    /// </summary>
    public string Grpc { get; set; } = "http://127.0.0.1:5080";

    /// <summary>
    /// Address of the web port (HTTP/1.1): metrics, health and, if <see cref="Json"/> is set, scoring as JSON. Empty:
    /// none. Default: <c>http://127.0.0.1:5081</c>.
    /// </summary>
    public string Web { get; set; } = "http://127.0.0.1:5081";

    /// <summary>
    /// True: scoring as JSON on the web port, for people without gRPC. JSON makes managed strings of what it reads, so
    /// identifiers stay in the process's memory until they are collected; the gRPC port has no such copies. Default: true
    /// on loopback, false elsewhere.
    /// </summary>
    public bool? Json { get; set; }

    /// <summary>PEM file with the server's certificate and its chain. Needed for https.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file with the certificate's private key. Needed for https.</summary>
    public string? PrivateKeyFile { get; set; }

    /// <summary>How callers prove who they are.</summary>
    public CallerOptions Callers { get; set; } = new();
}

/// <summary>How callers prove who they are.</summary>
public sealed class CallerOptions
{
    /// <summary>The way. Default: None, which is refused outside loopback.</summary>
    public CallerAuthentication Authentication { get; set; } = CallerAuthentication.None;

    /// <summary>Mutual TLS: PEM file with the authorities that issue the callers' certificates.</summary>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>Mutual TLS: subject alternative names (DNS names or URIs, compared whole) of the callers that are let in.</summary>
    public IList<string> AllowedNames { get; } = [];

    /// <summary>
    /// Mutual TLS: those of <see cref="AllowedNames"/> that may use the service Privacy (export, erasure …). Default: none,
    /// and then nobody may. On loopback without authentication everybody may.
    /// </summary>
    public IList<string> PrivacyOfficers { get; } = [];

    /// <summary>
    /// Mutual TLS: those of <see cref="AllowedNames"/> that may change the lists. Default: none, and then every caller may.
    /// </summary>
    public IList<string> ListEditors { get; } = [];

    /// <summary>
    /// Jwt: the scope (claim <c>scope</c>, RFC 9068) that a token needs for the service Privacy. Default:
    /// <c>antifraud.privacy</c>. Empty: nobody may.
    /// </summary>
    public string PrivacyScope { get; set; } = "antifraud.privacy";

    /// <summary>Jwt: the scope that a token needs to change the lists. Default: empty, and then every caller may.</summary>
    public string ListScope { get; set; } = "";

    /// <summary>Jwt: the issuer, whose keys are fetched from its discovery document.</summary>
    public string? Authority { get; set; }

    /// <summary>Jwt: the audience that a token must name.</summary>
    public string? Audience { get; set; }
}

/// <summary>Ways for callers to prove who they are.</summary>
public enum CallerAuthentication
{
    /// <summary>None: on loopback only.</summary>
    None = 0,

    /// <summary>A client certificate of a trusted authority with an allowed name.</summary>
    MutualTls = 1,

    /// <summary>A bearer token (RFC 6750) of a trusted issuer.</summary>
    Jwt = 2,
}
