using System.CommandLine;

namespace KekeStar.Antifraud.Benchmarks.Comparing;

/// <summary>"compare-commits": is a commit slower than another?</summary>
internal static class CompareCommitsCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "compare-commits";

    private const int DefaultRounds = 5;
    private const double DefaultTolerance = 1.10;

    /// <summary>Runs the command.</summary>
    /// <returns>Exit code: 0, nothing is slower; 1, something is; 2, there was nothing to compare, or the arguments are wrong.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var command = new Command(Name, "Builds two commits in temporary worktrees, measures them in turn, and prints HEAD ÷ BASE. Exit code 1: HEAD is slower; 2: nothing could be compared.");
        var @base = new Argument<string>("BASE") { Description = "The commit to compare with." };
        var head = new Argument<string>("HEAD") { Description = "The commit to judge.", DefaultValueFactory = static _ => "HEAD" };
        var filters = new Option<string[]>("--filter") { Description = "Benchmarks, as BenchmarkDotNet's --filter.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = static _ => [.. ComparisonOptions.DefaultFilters] };
        var rounds = new Option<int>("--rounds") { Description = "Rounds; each measures both.", DefaultValueFactory = static _ => DefaultRounds };
        var tolerance = new Option<double>("--tolerance") { Description = "HEAD ÷ BASE up to which HEAD is not called slower.", DefaultValueFactory = static _ => DefaultTolerance };
        var load = new Option<int>("--load-seconds") { Description = "Also put load on both services, for so many seconds in each round; 0: not.", DefaultValueFactory = static _ => 0 };
        command.Arguments.Add(@base);
        command.Arguments.Add(head);
        Array.ForEach<Option>([filters, rounds, tolerance, load], command.Options.Add);
        command.SetAction((parsed, cancellation) => new CommitComparison(new ComparisonOptions
        {
            Repository = Environment.CurrentDirectory,
            Base = parsed.GetRequiredValue(@base),
            Head = parsed.GetRequiredValue(head),
            Filters = parsed.GetRequiredValue(filters),
            Rounds = Math.Max(1, parsed.GetValue(rounds)),
            Tolerance = parsed.GetValue(tolerance),
            LoadSeconds = parsed.GetValue(load),
        }).RunAsync(cancellation));
        try
        {
            var parsed = new RootCommand { command }.Parse(arguments);
            var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? 2 : exitCode;
        }
        catch (InvalidOperationException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 2;
        }
    }
}
