using System.Runtime.InteropServices;
using KekeStar.Antifraud.Service.Hardening;
using KekeStar.Antifraud.Tests.Windows.Redis;

namespace KekeStar.Antifraud.Tests.Service.Hardening;

/// <summary>What a service does to its process, here to that of the tests: alone, because other tests' services do it too.</summary>
[Collection(nameof(FaultCollection))]
public sealed partial class ProcessHardeningTests : IDisposable
{
    private const int GetDumpable = 3;
    private const int SetDumpable = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-hardening-");
    private readonly RecordingLog _log = new();

    public void Dispose()
    {
        // The process of the tests stays open to debuggers.
        Assert.Equal(0, Control(SetDumpable, 1, 0, 0, 0));
        _folder.Delete(recursive: true);
        _log.Dispose();
    }

    [Fact]
    public void The_process_cannot_be_dumped_unless_that_is_allowed()
    {
        Apply(new ProcessOptions { AllowDumps = true });
        Assert.Equal(1, Control(GetDumpable, 0, 0, 0, 0));
        Assert.Contains("AllowDumps is true", Assert.Single(_log.Lines), StringComparison.Ordinal);

        Apply(new ProcessOptions());
        Assert.Equal(0, Control(GetDumpable, 0, 0, 0, 0));
        Assert.Single(_log.Lines);
    }

    [Fact]
    public void Beyond_loopback_an_open_diagnostics_port_is_told_once()
    {
        Assert.False(Environment.GetEnvironmentVariable("DOTNET_EnableDiagnostics") == "0", "The tests need the runtime's diagnostics.");
        Apply(new ProcessOptions(), isLoopback: false);
        Assert.Contains("DOTNET_EnableDiagnostics=0", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_leaves_no_core_and_says_nothing_of_it()
    {
        await using var service = await ServiceProcess.StartAsync(_folder.FullName);
        var limit = File.ReadLines($"/proc/{service.Id}/limits").Single(static line => line.StartsWith("Max core file size", StringComparison.Ordinal));
        Assert.Matches("^Max core file size +0 +0 +bytes", limit);
        Assert.DoesNotContain("warn:", service.OwnOutput, StringComparison.Ordinal);
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

    private void Apply(ProcessOptions options, bool isLoopback = true) =>
        ProcessHardening.Apply(options, isLoopback, _log.CreateLogger("hardening"));
}
