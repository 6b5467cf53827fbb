using System.Diagnostics;

namespace KekeStar.Antifraud.Benchmarks.Comparing;

/// <summary>Runs git, dotnet and what was built to their end.</summary>
internal static class ToolProcess
{
    /// <summary>Runs a program.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">Ends it, and what it started.</param>
    public static async Task<ToolResult> RunAsync(string folder, string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await using var end = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return new ToolResult(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs a program that must end well.</summary>
    /// <returns>What it wrote to standard output, without the end of the line.</returns>
    /// <exception cref="InvalidOperationException">It did not; the message holds its errors.</exception>
    public static async Task<string> DemandAsync(string folder, string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        string[] given = [.. arguments];
        var result = await RunAsync(folder, program, given, cancellation);
        return result.ExitCode == 0
            ? result.Output.TrimEnd()
            : throw new InvalidOperationException($"{program} {string.Join(' ', given)} ended with {result.ExitCode}: {result.Errors}");
    }
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record ToolResult(int ExitCode, string Output, string Errors);
