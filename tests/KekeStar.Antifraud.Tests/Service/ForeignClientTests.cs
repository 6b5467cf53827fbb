using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using KekeStar.Antifraud.Tests.Cli;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>A client in Python, generated from the proto files, and the command line get the same answer to the same event.</summary>
public sealed class ForeignClientTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task A_Python_client_gets_the_verdict_and_score_of_the_command_line()
    {
        await AssertInstalledAsync();
        var request = Requests.Event(Requests.NewDevice(), Requests.NewAccount(), Scene.Register);
        request.ThirdParty = new ThirdPartyResults { Captcha = CaptchaState.Failed, VendorScore = 850 };
        request.Consent.Granted.Add(ConsentCategory.Software);
        request.Device.Software.Add("de.robv.android.xposed.installer");
        var json = JsonFormatter.Default.Format(request);

        await using var forPython = await ServiceHost.StartAsync("--Antifraud:Policy:Path=");
        var (exitCode, output, error) = await RunAsync(
            [RepositoryFiles.PathOf("tests/foreign-client/score.py"), "--address", forPython.Grpc.Authority, "--timeout", "60"], json);
        Assert.True(exitCode == 0, error);

        await using var forCommandLine = await ServiceHost.StartAsync("--Antifraud:Policy:Path=");
        var terminal = new TestTerminal(json);
        Assert.Equal(0, await terminal.RunAsync("score", "--json", "--address", forCommandLine.Grpc.ToString()));

        var fromPython = JsonDocument.Parse(output).RootElement;
        var fromCommandLine = ScoreReply.Parser.ParseJson(terminal.Output);
        Assert.Equal(Verdict.Challenge, fromCommandLine.Verdict);
        Assert.Equal("VERDICT_CHALLENGE", fromPython.GetProperty("verdict").GetString());
        Assert.Equal(fromCommandLine.Score, fromPython.GetProperty("score").GetUInt32());
    }

    private static async Task AssertInstalledAsync()
    {
        const string Missing = "This test needs Debian's packages: apt-get install python3-grpcio protobuf-compiler protobuf-compiler-grpc libprotobuf-dev";
        Assert.True(File.Exists(Python), Missing);
        var (exitCode, _, _) = await RunAsync(["-c", "import grpc, google.protobuf"], "");
        Assert.True(exitCode == 0, Missing);
        Assert.True(File.Exists("/usr/bin/protoc") && File.Exists("/usr/bin/grpc_python_plugin"), Missing);
        Assert.True(File.Exists("/usr/include/google/protobuf/descriptor.proto"), Missing);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, string input)
    {
        var start = new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // A proxy of the environment does not reach this machine's loopback.
        start.Environment["no_proxy"] = "127.0.0.1";
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience.Limit);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
