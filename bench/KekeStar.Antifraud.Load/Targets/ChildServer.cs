using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Load.Targets;

/// <summary>A server in a process of its own, on a free loopback port. It goes when this object goes.</summary>
internal sealed partial class ChildServer : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int LinesKept = 20;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private readonly DirectoryInfo? _data;

    private ChildServer(Process process, IPEndPoint address, DirectoryInfo? data)
    {
        _process = process;
        _data = data;
        Address = address;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Gets where the server listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Gets the process's id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Gives a loopback port that is free now.</summary>
    public static IPEndPoint FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    /// <summary>Starts a server and waits until it accepts connections.</summary>
    /// <param name="command">Program, arguments and environment.</param>
    /// <param name="address">Where it was told to listen.</param>
    /// <param name="data">Its folder, deleted when it goes; null: it has none.</param>
    /// <param name="cancellation">Gives up the start.</param>
    /// <exception cref="ServerStartException">It ended, or did not listen within 60 s; the message holds its last lines.</exception>
    public static async Task<ChildServer> StartAsync(ProcessStartInfo command, IPEndPoint address, DirectoryInfo? data, CancellationToken cancellation)
    {
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        var server = new ChildServer(Process.Start(command)!, address, data);
        try
        {
            await server.WaitForPortAsync(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, SigTerm);
            using var limit = new CancellationTokenSource(StopLimit);
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
        _data?.Delete(recursive: true);
    }

    private async Task WaitForPortAsync(CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > StartLimit)
            {
                throw new ServerStartException($"{_process.StartInfo.FileName} did not come up. Its last lines:{Environment.NewLine}{Lines()}");
            }

            using var socket = new Socket(Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(Address, cancellation);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(BetweenAttempts, cancellation);
            }
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_lastLines)
        {
            if (line.Data is not null)
            {
                _lastLines.Enqueue(line.Data);
            }

            if (_lastLines.Count > LinesKept)
            {
                _lastLines.Dequeue();
            }
        }
    }

    private string Lines()
    {
        lock (_lastLines)
        {
            return string.Join(Environment.NewLine, _lastLines);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
