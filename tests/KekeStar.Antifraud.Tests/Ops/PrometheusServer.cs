using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KekeStar.Antifraud.Tests.Service;

namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>A real Prometheus on a free loopback port, over a folder of its own.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-prometheus-");
    private readonly StringBuilder _output = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Process _process;

    private PrometheusServer(string configuration)
    {
        foreach (var rules in new[] { "recording.yaml", "alerts.yaml" })
        {
            // Nobody waits half a minute for the first figure.
            var text = File.ReadAllText(RepositoryFiles.PathOf($"ops/prometheus/{rules}")).Replace("interval: 30s", "interval: 1s", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(_folder.FullName, rules), text);
        }

        File.WriteAllText(Path.Combine(_folder.FullName, "prometheus.yaml"), configuration);
        var port = LoopbackPort.Take();
        _client.BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(
                "prometheus",
                [
                    "--config.file=prometheus.yaml",
                    "--storage.tsdb.path=data",
                    string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
                    "--log.level=warn",
                ])
            {
                WorkingDirectory = _folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts Prometheus with the repository's rules, and a scrape of one target that follows the repository's example.</summary>
    public static PrometheusServer Start(ExercisedService service) => new(
        $"""
        global:
          scrape_interval: 1s
          evaluation_interval: 1s
        rule_files: [recording.yaml, alerts.yaml]
        scrape_configs:
          - job_name: antifraud
            scheme: https
            tls_config:
              ca_file: {service.AuthorityFile}
            authorization:
              credentials: {service.Token}
            static_configs:
              - targets: ["{service.Metrics.Authority}"]
        """);

    /// <summary>Asks until the answer is as it should be.</summary>
    public async Task<IReadOnlyList<JsonNode>> UntilAsync(string query, Func<IReadOnlyList<JsonNode>, bool> isEnough)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var answer = await TryAskAsync(query);
            if (answer is not null && isEnough(answer))
            {
                return answer;
            }

            Assert.False(_process.HasExited, Output);
            Assert.True(since.Elapsed < Patience, $"{query} gave {answer?.Count} series: {Output}");
            await Task.Delay(200);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    private async Task<IReadOnlyList<JsonNode>?> TryAskAsync(string query)
    {
        try
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("query", query)]);
            using var reply = await _client.PostAsync(new Uri("/api/v1/query", UriKind.Relative), form);
            var body = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
            Assert.True((string?)body["status"] == "success", $"{query}: {body}");
            return [.. body["data"]!["result"]!.AsArray().Select(static series => series!)];
        }
        catch (Exception notYet) when (notYet is HttpRequestException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
