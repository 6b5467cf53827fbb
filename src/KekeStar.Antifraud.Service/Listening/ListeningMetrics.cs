using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;

namespace KekeStar.Antifraud.Service.Listening;

/// <summary>
/// Instruments of TLS: when the certificates expire that the service was started with. They are read once, so a renewed file
/// counts from the next start on.
/// </summary>
internal sealed class ListeningMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.Listening";

    private readonly Dictionary<string, DateTimeOffset> _expiry = new(StringComparer.Ordinal);
    private readonly Lock _changing = new();

    /// <summary>Makes the instruments.</summary>
    public ListeningMetrics(IMeterFactory meters) => meters.Create(MeterName).CreateObservableGauge<long>(
        "antifraud.listen.certificate.not_after",
        Measure,
        "s",
        "Unix time at which a certificate expires that the service was started with: its own, or the first of the authorities of its callers.");

    /// <summary>Takes the server's certificate, its chain, and the authorities of the callers into account.</summary>
    /// <param name="file">Which file they come from: <c>server</c> or <c>callers</c>.</param>
    /// <param name="certificates">The certificates; the first to expire counts.</param>
    public void Note(string file, X509Certificate2Collection certificates)
    {
        if (certificates.Count == 0)
        {
            return;
        }

        var first = certificates.Min(static certificate => new DateTimeOffset(certificate.NotAfter));
        lock (_changing)
        {
            _expiry[file] = first;
        }
    }

    private Measurement<long>[] Measure()
    {
        lock (_changing)
        {
            return [.. _expiry.Select(static each => new Measurement<long>(each.Value.ToUnixTimeSeconds(), new KeyValuePair<string, object?>("file", each.Key)))];
        }
    }
}
