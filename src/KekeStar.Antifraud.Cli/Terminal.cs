using Spectre.Console;

namespace KekeStar.Antifraud.Cli;

/// <summary>Where a command reads from and writes to; tests put their own.</summary>
/// <param name="Output">Answers, plain.</param>
/// <param name="Error">What went wrong, plain.</param>
/// <param name="Screen">Answers as tables.</param>
/// <param name="OpenInput">Opens the standard input as bytes.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, IAnsiConsole Screen, Func<Stream> OpenInput)
{
    /// <summary>The process's own.</summary>
    public static Terminal OfProcess() => new(Console.Out, Console.Error, AnsiConsole.Console, Console.OpenStandardInput);

    /// <summary>Opens a file, or the standard input for "-".</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public Stream Open(string path) => path == "-" ? OpenInput() : File.OpenRead(path);

    /// <summary>Writes one error and gives back its exit code.</summary>
    public int Fail(int exitCode, string message)
    {
        Error.WriteLine($"antifraud: {message}");
        return exitCode;
    }
}
