using System.Globalization;
using System.Text.Json;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Benchmarks.Comparing;

/// <summary>
/// The services of two commits, both running, of which one at a time is put under load by the same load program: unary Score,
/// embedded store with its append-only file.
/// </summary>
internal sealed class ServicePair : IAsyncDisposable
{
    /// <summary>Name of the figure: CPU time of the service for each call.</summary>
    public const string FigureName = "unary Score, CPU of the service";

    // Less leaves the service half compiled.
    private const int WarmupSeconds = 15;

    private readonly string _load;
    private readonly ChildServer _base;
    private readonly ChildServer _head;

    private ServicePair(string load, ChildServer @base, ChildServer head)
    {
        _load = load;
        _base = @base;
        _head = head;
    }

    /// <summary>Starts both and warms them up, one after the other.</summary>
    public static async Task<ServicePair> StartAsync(CommitBuild @base, CommitBuild head, CancellationToken cancellation)
    {
        var first = await ServiceProcess.StartAsync(@base.ServiceAssembly, ServiceStore.Embedded, redis: null, [], cancellation);
        var pair = new ServicePair(head.LoadAssembly, first, await ServiceProcess.StartAsync(head.ServiceAssembly, ServiceStore.Embedded, redis: null, [], cancellation));
        await pair.MeasureAsync(pair._base, WarmupSeconds, seconds: 1, cancellation);
        await pair.MeasureAsync(pair._head, WarmupSeconds, seconds: 1, cancellation);
        return pair;
    }

    /// <summary>Measures the base.</summary>
    public Task<Figure?> BaseAsync(int seconds, CancellationToken cancellation) => MeasureAsync(_base, warmup: 1, seconds, cancellation);

    /// <summary>Measures the head.</summary>
    public Task<Figure?> HeadAsync(int seconds, CancellationToken cancellation) => MeasureAsync(_head, warmup: 1, seconds, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _base.DisposeAsync();
        await _head.DisposeAsync();
    }

    private async Task<Figure?> MeasureAsync(ChildServer server, int warmup, int seconds, CancellationToken cancellation)
    {
        string[] arguments =
        [
            _load, "run", "--target", $"http://{server.Address}", "--method", "score",
            "--server-pid", server.ProcessId.ToString(CultureInfo.InvariantCulture),
            "--warmup", warmup.ToString(CultureInfo.InvariantCulture), "--seconds", seconds.ToString(CultureInfo.InvariantCulture),
        ];
        var result = await ToolProcess.RunAsync(Path.GetTempPath(), "dotnet", arguments, cancellation);
        if (result.ExitCode != 0)
        {
            return null;
        }

        using var document = JsonDocument.Parse(result.Output);
        return new Figure(document.RootElement.GetProperty("serverCpuMicroseconds").GetDouble(), Bytes: null);
    }
}
