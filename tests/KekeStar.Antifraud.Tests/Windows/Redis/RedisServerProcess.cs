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

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<RedisServerProcess> StartAsync(params string[] arguments)
    {
        var server = new RedisServerProcess(LoopbackPort.Take(), arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>A server that is not running yet: its port refuses connections.</summary>
    public static RedisServerProcess Prepare() => new(LoopbackPort.Take(), []);

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
        _admin ??= await RedisStores.ConnectClientAsync(EndPoint + ",allowAdmin=true");
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

    private void Send(int signal)
    {
        if (SendSignal(_process!.Id, signal) != 0)
        {
            throw new InvalidOperationException("The server is not running.");
        }
    }

    private Task AnswersAsync() => Patience.UntilAsync(
        async () =>
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
                return await client.GetStream().ReadAsync(answer) == 1 && answer[0] == (byte)'+';
            }
            catch (SocketException)
            {
                // Not listening yet.
                return false;
            }
        },
        static () => "redis-server does not answer.");
}
