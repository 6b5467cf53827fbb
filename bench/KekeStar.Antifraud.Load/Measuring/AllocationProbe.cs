using System.Globalization;
using System.Net;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>Asks a server what its process has allocated on the managed heap so far, or for another counter of its Prometheus page, over h2c.</summary>
internal sealed class AllocationProbe : IDisposable
{
    /// <summary>Name of the counter, OpenTelemetry's "dotnet.gc.heap.total_allocated" in Prometheus's spelling.</summary>
    public const string Counter = "dotnet_gc_heap_total_allocated_bytes_total";

    /// <summary>Path of the page.</summary>
    public const string Path = "/metrics";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client;

    /// <summary>Makes the probe of a server.</summary>
    /// <param name="target">Where it listens, h2c.</param>
    public AllocationProbe(IPEndPoint target) => _client = new HttpClient
    {
        BaseAddress = new Uri($"http://{target}"),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = Limit,
    };

    /// <summary>Gives the bytes allocated so far, or another counter; null: the server does not say.</summary>
    public async Task<long?> ReadAsync(string counter = Counter)
    {
        try
        {
            return Find(await _client.GetStringAsync(Path).ConfigureAwait(false), counter);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }

    /// <summary>Finds the counter on a page in Prometheus's text format.</summary>
    public static long? Find(string page, string counter = Counter)
    {
        foreach (string line in page.Split('\n'))
        {
            // NAME or NAME{LABELS}, the value, and perhaps a time in milliseconds.
            if (line.StartsWith(counter, StringComparison.Ordinal) && line.AsSpan(counter.Length) is ['{' or ' ', ..])
            {
                string value = line[(line.LastIndexOf('}') is >= 0 and int end ? end + 1 : counter.Length)..].TrimStart().Split(' ')[0];
                return (long)double.Parse(value, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
