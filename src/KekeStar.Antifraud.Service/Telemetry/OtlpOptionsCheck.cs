namespace KekeStar.Antifraud.Service.Telemetry;

/// <summary>Checks where telemetry is sent.</summary>
internal static class OtlpOptionsCheck
{
    private const string Key = "Antifraud:Telemetry:Otlp";

    /// <summary>Every error, each with the key, what was seen and what is allowed.</summary>
    public static IEnumerable<string> Errors(OtlpOptions options)
    {
        if (!options.IsOn)
        {
            if (options.Metrics)
            {
                yield return $"{Key}:Metrics is true, and {Key}:Endpoint is empty. Set it to the collector's address.";
            }

            yield break;
        }

        // A user, a path or a query would be a secret in printed configuration, or be lost.
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint)
            || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps)
            || endpoint.UserInfo.Length > 0
            || endpoint.PathAndQuery != "/")
        {
            yield return $"{Key}:Endpoint is no address; allowed is http://HOST:PORT or https://HOST:PORT, without user, path and query.";
        }
        else if (endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback)
        {
            yield return $"{Key}:Endpoint is '{options.Endpoint}', which leaves this machine in the clear. Use https, or a collector on 127.0.0.1.";
        }
    }
}
