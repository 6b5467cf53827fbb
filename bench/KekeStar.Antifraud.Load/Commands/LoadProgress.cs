using System.Globalization;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Traffic;
using Spectre.Console;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>Shows a measurement while it runs. On standard error: standard output is for results.</summary>
internal static class LoadProgress
{
    private const int WidthOfFile = 140;

    /// <summary>Gets the console on standard error.</summary>
    public static IAnsiConsole Console { get; } = Create();

    /// <summary>Runs a measurement with a progress bar.</summary>
    public static LoadResult Show(LoadOptions options, string name, ulong run, CancellationToken cancellation)
        => Show(options, name, new RequestWriter(options.Shape, run), new RequestNumbers(options.Connections), cancellation);

    /// <summary>Runs a measurement of given requests with a progress bar.</summary>
    public static LoadResult Show(LoadOptions options, string name, IRequestSource source, RequestNumbers numbers, CancellationToken cancellation)
        => Console.Progress().AutoClear(enabled: true).Start(context =>
        {
            ProgressTask bar = context.AddTask(name);
            return LoadRun.Run(
                options,
                source,
                numbers,
                (share, calls) =>
                {
                    bar.Value = share * 100;
                    bar.Description = string.Create(CultureInfo.InvariantCulture, $"{name}: {calls:N0} calls");
                },
                cancellation);
        });

    private static IAnsiConsole Create()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });

        // A pipe or a file has no width; the default of 80 would break the table's numbers.
        console.Profile.Width = System.Console.IsErrorRedirected ? WidthOfFile : console.Profile.Width;
        return console;
    }
}
