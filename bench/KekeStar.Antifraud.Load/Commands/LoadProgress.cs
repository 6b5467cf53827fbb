using System.Globalization;
using KekeStar.Antifraud.Load.Measuring;
using Spectre.Console;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>Shows a measurement while it runs. On standard error: standard output is for results.</summary>
internal static class LoadProgress
{
    /// <summary>Gets the console on standard error.</summary>
    public static IAnsiConsole Console { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });

    /// <summary>Runs a measurement with a progress bar.</summary>
    public static LoadResult Show(LoadOptions options, string name, ulong run, CancellationToken cancellation)
        => Console.Progress().AutoClear(enabled: true).Start(context =>
        {
            ProgressTask bar = context.AddTask(name);
            return LoadRun.Run(
                options,
                run,
                (share, calls) =>
                {
                    bar.Value = share * 100;
                    bar.Description = string.Create(CultureInfo.InvariantCulture, $"{name}: {calls:N0} calls");
                },
                cancellation);
        });
}
