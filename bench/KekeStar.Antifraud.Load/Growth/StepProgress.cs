using System.Globalization;
using KekeStar.Antifraud.Load.Commands;
using Spectre.Console;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>Shows on standard error which step runs: on a terminal a bar, elsewhere a line for each.</summary>
internal sealed class StepProgress
{
    private readonly int _steps;
    private readonly ProgressTask? _bar;
    private int _begun;

    private StepProgress(int steps, ProgressTask? bar)
    {
        _steps = steps;
        _bar = bar;
    }

    /// <summary>Runs steps and shows them.</summary>
    /// <param name="steps">How many.</param>
    /// <param name="work">Runs them.</param>
    public static Task ShowAsync(int steps, Func<StepProgress, Task> work)
    {
        IAnsiConsole console = LoadProgress.Console;
        return Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi
            ? work(new StepProgress(steps, bar: null))
            : console.Progress()
                .AutoClear(enabled: true)
                .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .StartAsync(bars => work(new StepProgress(steps, bars.AddTask("starting", maxValue: steps))));
    }

    /// <summary>Notes that a step begins.</summary>
    public void Begin(string step)
    {
        if (_bar is null)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_begun + 1}/{_steps} {step}"));
        }
        else
        {
            _bar.Value = _begun;
            _bar.Description = Markup.Escape(step);
        }

        _begun++;
    }

    /// <summary>Notes how far the step is, 0 to 1.</summary>
    public void At(double share)
    {
        if (_bar is not null)
        {
            _bar.Value = _begun - 1 + share;
        }
    }
}
