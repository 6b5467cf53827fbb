using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Grpc.Net.Client;
using KekeStar.Antifraud.Cli;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary><c>antifraud serve</c> as a process of its own, for tests that kill it.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private const int SignalTerminate = 15;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private GrpcChannel? _channel;

    private ServiceProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public V1.Antifraud.AntifraudClient Client => new(_channel);

    public V1.Lists.ListsClient Lists => new(_channel);

    public GrpcChannel Channel => _channel!;

    public Uri Address { get; private set; } = null!;

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>All that it printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The same without Kestrel's remark that the machine left its heartbeat no time, which is no trouble of the service.</summary>
    public string OwnOutput => HeartbeatRemark().Replace(Output, "");

    /// <summary>Starts a service over a folder and waits until it listens.</summary>
    /// <param name="folder">Takes the store, the audit log and the key file.</param>
    /// <param name="settings">Further settings.</param>
    public static Task<ServiceProcess> StartAsync(string folder, params string[] settings) => StartAsync(folder, certificates: null, settings);

    /// <summary>Starts a service over a folder, behind TLS if certificates are given, and waits until it listens.</summary>
    public static async Task<ServiceProcess> StartAsync(string folder, TestCertificates? certificates, params string[] settings)
    {
        var port = LoopbackPort.Take();
        string[] tls = certificates is null
            ? []
            :
            [
                $"--Antifraud:Listen:Grpc=https://127.0.0.1:{port}",
                $"--Antifraud:Listen:CertificateFile={certificates.ServerFile}",
                $"--Antifraud:Listen:PrivateKeyFile={certificates.ServerKeyFile}",
            ];
        var service = Launch(folder, port, [.. tls, .. settings]);
        try
        {
            await Patience.UntilAsync(
                async () =>
                {
                    Assert.False(service._process.HasExited, service.Output);
                    return await IsListeningAsync(port);
                },
                () => "The service does not listen: " + service.Output);

            service.Address = new Uri($"{(certificates is null ? "http" : "https")}://127.0.0.1:{port}");
            service._channel = ServiceHost.Connect(service.Address, certificates is null ? null : certificates.Trust);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a service that is expected to end by itself, and gives back its exit code and what it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] settings)
    {
        await using var service = Launch(folder, LoopbackPort.Take(), settings);
        return (await service.EndAsync(), service.Output);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    /// <summary>What an orchestrator sends to stop a service.</summary>
    public void Terminate() => Assert.Equal(0, SendSignal(_process.Id, SignalTerminate));

    /// <summary>
    /// Lets no file of the process grow beyond a length (RLIMIT_FSIZE), which stands for the full disk: a write past it is cut at the limit
    /// and the rest refused (setrlimit(2)), which is what write(2) does when a disk fills up.
    /// </summary>
    /// <param name="bytes">The length; null: the disk has room again.</param>
    public async Task LimitFilesAsync(long? bytes)
    {
        // The soft limit alone, which its owner may raise again.
        var limit = bytes?.ToString(CultureInfo.InvariantCulture) ?? "unlimited";
        using var process = Process.Start("prlimit", ["--pid", Id.ToString(CultureInfo.InvariantCulture), $"--fsize={limit}:"]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Waits for the end.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);

    [GeneratedRegex("^warn: Microsoft\\.AspNetCore\\.Server\\.Kestrel.*\n.* the heartbeat has been running .*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex HeartbeatRemark();

    private static ServiceProcess Launch(string folder, int port, params string[] settings)
    {
        // A file that may not grow (RLIMIT_FSIZE) then answers with an error, as a full disk does, instead of a signal.
        var start = new ProcessStartInfo("sh", ["-c", "trap '' XFSZ; exec dotnet \"$@\"", "sh"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        string[] arguments =
        [
            typeof(CommandTree).Assembly.Location,
            "serve",
            $"--Antifraud:Listen:Grpc=http://127.0.0.1:{port}",
            "--Antifraud:Listen:Web=",
            "--Antifraud:Dashboard:Listen=",
            $"--Antifraud:Store:Embedded:DataDirectory={Path.Combine(folder, "store")}",
            "--Antifraud:Store:Embedded:MemoryBytes=33554432",
            "--Antifraud:Store:Embedded:AppendLogBytes=8388608",
            "--Antifraud:Store:Embedded:MaxDiskBytes=268435456",
            $"--Antifraud:Audit:Directory={Path.Combine(folder, "audit")}",
            $"--Antifraud:Archive:Directory={Path.Combine(folder, "archive")}",
            $"--Antifraud:Keys:File={Path.Combine(folder, "keys.json")}",
            "--Antifraud:Keys:CreateIfMissing=true",
            $"--Antifraud:Policy:Path={ProbePolicy.File}",
            .. settings,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new ServiceProcess(Process.Start(start)!);
    }

    private static async Task<bool> IsListeningAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
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
