using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>Turns <see cref="RedisStoreOptions"/> into the client's settings.</summary>
internal static class RedisConnection
{
    // How often the client asks each server for its role: a second after a fail-over or after REPLICAOF NO ONE the
    // writes go to the right server. One INFO per server and second.
    private const int RoleCheckSeconds = 1;

    // An idle connection is written to after this long, so that a silent death shows before the next event; and a
    // handshake that has not been answered for this long is begun anew. The client counts in whole seconds.
    private const int KeepAliveSeconds = 1;

    /// <summary>Checks the options and reads the secrets.</summary>
    /// <param name="options">The options.</param>
    /// <param name="errors">Receives every error: the key and what is allowed, never a secret.</param>
    /// <returns>The client's settings; only of use if there was no error.</returns>
    public static ConfigurationOptions Read(RedisStoreOptions options, ICollection<string> errors)
    {
        var configuration = Parse(options.Configuration, errors);
        if (configuration.EndPoints.Count == 0)
        {
            errors.Add($"{nameof(options.Configuration)}: no server; allowed: host:port, separated by commas.");
        }

        if (configuration.Password is not null)
        {
            errors.Add($"{nameof(options.Configuration)}: holds a password; allowed: {nameof(options.PasswordFile)} or {nameof(options.PasswordEnvironmentVariable)}.");
        }

        if (configuration.Tunnel is not null || configuration.Proxy != Proxy.None || configuration.CommandMap != CommandMap.Default)
        {
            errors.Add($"{nameof(options.Configuration)}: names a tunnel, a proxy or renamed commands; events go straight to the servers, so none of these is allowed.");
        }

        configuration.User = options.User ?? configuration.User;
        configuration.Password = ReadPassword(options, errors);
        configuration.DefaultDatabase = 0;
        configuration.Ssl |= options.Tls;
        configuration.SslHost = options.TlsHost ?? configuration.SslHost;
        if (options.CertificateAuthorityFile is { } authority)
        {
            if (File.Exists(authority))
            {
                configuration.TrustIssuer(authority);
            }
            else
            {
                errors.Add($"{nameof(options.CertificateAuthorityFile)}: no such file.");
            }
        }

        // Down at start is a state like down at noon.
        configuration.AbortOnConnectFail = false;
        configuration.ConnectRetry = 1;
        configuration.ConnectTimeout = Milliseconds(options.ConnectTimeout);
        configuration.AsyncTimeout = configuration.SyncTimeout = Milliseconds(options.CommandTimeout);
        configuration.HeartbeatInterval = options.HeartbeatInterval;
        configuration.ReconnectRetryPolicy = new LinearRetry(Milliseconds(options.ReconnectInterval));
        configuration.KeepAlive = KeepAliveSeconds;
        configuration.ConfigCheckSeconds = RoleCheckSeconds;

        // An answer that waits for a connection to come back is of no use to an event.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;

        // Exceptions would carry key names.
        configuration.IncludeDetailInExceptions = false;

        // Not needed: a key that elects a primary, a channel that announces changes.
        configuration.TieBreaker = string.Empty;
        configuration.ConfigurationChannel = string.Empty;
        configuration.AllowAdmin = false;
        return configuration;
    }

    /// <summary>The same settings for the calls beside the hot path, which may take their time.</summary>
    public static ConfigurationOptions ForMaintenance(ConfigurationOptions hot, RedisStoreOptions options)
    {
        var configuration = hot.Clone();
        configuration.AsyncTimeout = configuration.SyncTimeout = Milliseconds(options.MaintenanceTimeout);
        return configuration;
    }

    private static int Milliseconds(TimeSpan time) => (int)time.TotalMilliseconds;

    private static ConfigurationOptions Parse(string text, ICollection<string> errors)
    {
        try
        {
            return ConfigurationOptions.Parse(text);
        }
        catch (ArgumentException)
        {
            // The exception repeats the text, which may hold a password.
            errors.Add($"{nameof(RedisStoreOptions.Configuration)}: cannot be read; allowed: host:port, separated by commas.");
            return new ConfigurationOptions { EndPoints = { "unreadable" } };
        }
    }

    private static string? ReadPassword(RedisStoreOptions options, ICollection<string> errors)
    {
        if (options is { PasswordFile: not null, PasswordEnvironmentVariable: not null })
        {
            errors.Add($"{nameof(options.PasswordFile)} and {nameof(options.PasswordEnvironmentVariable)}: only one of them is allowed.");
        }

        if (options.PasswordFile is { } file)
        {
            try
            {
                return File.ReadLines(file).FirstOrDefault();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                errors.Add($"{nameof(options.PasswordFile)}: cannot be read.");
                return null;
            }
        }

        if (options.PasswordEnvironmentVariable is not { } name)
        {
            return null;
        }

        var value = Environment.GetEnvironmentVariable(name);
        if (string.IsNullOrEmpty(value))
        {
            errors.Add($"{nameof(options.PasswordEnvironmentVariable)}: the variable is not set.");
        }

        return value;
    }
}
