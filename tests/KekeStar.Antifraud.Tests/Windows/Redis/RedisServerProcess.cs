using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>A real <c>redis-server</c> on a free loopback port, without persistence, that tests may hang, kill and start again.</summary>
internal sealed partial class RedisServerProcess : IAsyncDisposable
{
    private const int SignalKill = 9;
    private const int SignalContinue = 18;
    private const int SignalStop = 19;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("antifraud-redis-");
    private readonly string[] _arguments;
    private Process? _process;
    private ConnectionMultiplexer? _admin;

    private RedisServerProcess(int port, string[] arguments)
    {
        Port = port;
        _arguments = arguments;
    }

    public int Port { get; }

    public string EndPoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>A free port whose port + 10,000 is free too, where a Cluster's bus listens.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            if (IsFree(port) && IsFree(port + 10_000))
            {
                return port;
            }
        }
    }

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<RedisServerProcess> StartAsync(params string[] arguments)
    {
        var server = new RedisServerProcess(FreePort(), arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>A server that is not running yet: its port refuses connections.</summary>
    public static RedisServerProcess Prepare() => new(FreePort(), []);

    /// <summary>Starts the server on its port, empty, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] fixedArguments =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", string.Empty,
            "--appendonly", "no", "--dir", _directory.FullName, "--logfile", Path.Combine(_directory.FullName, "log"),
        ];
        foreach (var argument in (string[])[.. fixedArguments, .. _arguments])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException("redis-server is not installed; these tests need it: apt-get install redis-server", missing);
        }

        await AnswersAsync();
    }

    /// <summary>The process stays and its port accepts connections, but nothing is answered.</summary>
    public void Hang() => Send(SignalStop);

    public void Continue() => Send(SignalContinue);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        Send(SignalKill);
        await _process!.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Runs any command on this server, over a connection of the test's own.</summary>
    public async Task<RedisResult> ExecuteAsync(string command, params object[] arguments)
    {
        _admin ??= await ConnectAdminAsync();
        return await _admin.GetServer(EndPoint).ExecuteAsync(command, arguments);
    }

    public async ValueTask DisposeAsync()
    {
        if (_admin is not null)
        {
            await _admin.DisposeAsync();
        }

        if (_process is not null)
        {
            await KillAsync();
        }

        _directory.Delete(recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Send(int signal)
    {
        if (SendSignal(_process!.Id, signal) != 0)
        {
            throw new InvalidOperationException("The server is not running.");
        }
    }

    private Task<ConnectionMultiplexer> ConnectAdminAsync() =>
        ConnectionMultiplexer.ConnectAsync($"{EndPoint},allowAdmin=true,connectTimeout=2000");

    private async Task AnswersAsync()
    {
        for (var attempt = 0; attempt < 500; attempt++)
        {
            if (_process!.HasExited)
            {
                throw new InvalidOperationException("redis-server ended at start: " + await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "log")));
            }

            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
                var answer = new byte[1];
                if (await client.GetStream().ReadAsync(answer) == 1 && answer[0] == (byte)'+')
                {
                    return;
                }
            }
            catch (SocketException)
            {
                // Not listening yet.
            }

            await Task.Delay(10);
        }

        throw new InvalidOperationException("redis-server did not answer within five seconds.");
    }
}
