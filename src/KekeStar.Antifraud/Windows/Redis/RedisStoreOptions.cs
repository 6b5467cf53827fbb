using System.ComponentModel.DataAnnotations;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// Where the Redis (6.2 or later), Valkey, Garnet, or Cluster of them is and how to speak to it. The database is
/// always 0, the only one that a Cluster has.
/// </summary>
public sealed class RedisStoreOptions
{
    /// <summary>Servers as <c>host:port</c>, separated by commas; of a Cluster some nodes suffice.</summary>
    /// <value>
    /// Default <c>localhost:6379</c>, the port that Redis registers with IANA. Further settings of a
    /// StackExchange.Redis configuration string are taken too, but the ones of this class win. A password in it is
    /// refused: it would be printed wherever the configuration is.
    /// </value>
    [Required]
    public string Configuration { get; set; } = "localhost:6379";

    /// <summary>ACL user.</summary>
    /// <value>Default: none, which is Redis's user <c>default</c>.</value>
    public string? User { get; set; }

    /// <summary>File whose first line is the password.</summary>
    /// <value>Default: none. A mounted secret does not appear in process listings or in printed configuration.</value>
    public string? PasswordFile { get; set; }

    /// <summary>Name of the environment variable that holds the password.</summary>
    /// <value>Default: none. Not together with <see cref="PasswordFile"/>.</value>
    public string? PasswordEnvironmentVariable { get; set; }

    /// <summary>Whether the connection is encrypted.</summary>
    /// <value>Default false: on by choice, because Redis listens in the clear unless built and set up for TLS.</value>
    public bool Tls { get; set; }

    /// <summary>Name that the server's certificate must bear.</summary>
    /// <value>Default: the name in <see cref="Configuration"/>.</value>
    public string? TlsHost { get; set; }

    /// <summary>PEM file of the authority that issued the server's certificate.</summary>
    /// <value>Default: none, which is the machine's own trust store.</value>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>When the client itself gives a command up.</summary>
    /// <value>
    /// Default 1 s, 20 ms to 10 s: events do not wait for it, the gate gives up long before. Too low is harmful: a
    /// handshake that a hung server has not answered in time is lost, and with 250 ms it took up to 1.03 s after the
    /// server went on until a new one was begun. A connection that is silent for four times this is dropped.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:00:10")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>When the client gives a command beside the hot path up (trimming, whole reads).</summary>
    /// <value>
    /// Default 2 s, 100 ms to 60 s: nobody waits for these, and giving a compare and set up early only means to do it
    /// again.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan MaintenanceTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long start-up waits for the first connection before it goes on without.</summary>
    /// <value>Default 1 s, 100 ms to 60 s: the service starts although its store is away, and it starts soon.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a lost connection is tried again.</summary>
    /// <value>
    /// Default 250 ms, 50 to 10,000 ms: back well within a second. A try that has not connected (TCP and TLS) within
    /// this time is begun anew, so it must exceed the time which that takes.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan ReconnectInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often the client looks after its connections: time-outs, reconnection.</summary>
    /// <value>
    /// Default 100 ms, 50 to 1,000 ms: commands to a hung server then fail after at most 105 ms (measured); at the
    /// client's own default of 1 s it took 1 s.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:01")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromMilliseconds(100);
}
