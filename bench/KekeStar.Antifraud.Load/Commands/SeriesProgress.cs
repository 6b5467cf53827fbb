using System.Globalization;
using KekeStar.Antifraud.Load.Measuring;
using Spectre.Console;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>
/// Runs measurements one after the other and shows on standard error how far they are: on a terminal a bar for the
/// series and one for the measurement, elsewhere a line for each measurement that is over.
/// </summary>
internal sealed class SeriesProgress
{
    private readonly int _count;
    private readonly ProgressTask? _series;
    private readonly ProgressTask? _current;
    private int _done;

    private SeriesProgress(int count, ProgressContext? bars)
    {
        _count = count;
        _series = bars?.AddTask("all", maxValue: count);
        _current = bars?.AddTask("starting");
    }

    /// <summary>Shows a series of measurements while it runs.</summary>
    /// <param name="count">How many measurements.</param>
    /// <param name="series">Runs them.</param>
    public static Task<T> ShowAsync<T>(int count, Func<SeriesProgress, Task<T>> series)
    {
        IAnsiConsole console = LoadProgress.Console;
        return Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi
            ? series(new SeriesProgress(count, bars: null))
            : console.Progress()
                .AutoClear(enabled: true)
                .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .StartAsync(bars => series(new SeriesProgress(count, bars)));
    }

    /// <summary>Runs one measurement.</summary>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public LoadResult Measure(LoadOptions options, string name, ulong run, CancellationToken cancellation)
    {
        LoadResult result = LoadRun.Run(
            options,
            run,
            (share, events) =>
            {
                if (_current is not null)
                {
                    _current.Value = share * 100;
                    _current.Description = Markup.Escape(Text($"{name}: {events:N0} events"));
                    _series!.Value = _done + share;
                }
            },
            cancellation);
        _done++;
        if (_current is null)
        {
            Console.Error.WriteLine(Text($"{_done}/{_count} {name}: {result.RequestsPerSecond:N0} events/s, p99 {result.P99Ms:F2} ms, {result.ErrorCount} errors"));
        }

        return result;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
