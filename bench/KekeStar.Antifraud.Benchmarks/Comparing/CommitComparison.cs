using System.Globalization;

namespace KekeStar.Antifraud.Benchmarks.Comparing;

/// <summary>Measures two commits in turn (A B, B A, …) and says whether the second is slower.</summary>
/// <param name="options">What to compare.</param>
internal sealed class CommitComparison(ComparisonOptions options)
{
    private readonly Dictionary<string, ComparedFigure> _figures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _missing = new(StringComparer.Ordinal);

    /// <summary>Compares.</summary>
    /// <returns>Exit code: 0, nothing is slower; 1, something is; 2, there was nothing to compare.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using var @base = await CommitBuild.CheckOutAsync(options.Repository, options.Base, cancellation);
        await using var head = await CommitBuild.CheckOutAsync(options.Repository, options.Head, cancellation);
        Console.WriteLine($"BASE {@base.Name}{Environment.NewLine}HEAD {head.Name}");
        if (await head.BuildBenchmarksAsync(cancellation) is { Length: > 0 } headErrors)
        {
            Console.Error.WriteLine($"HEAD does not build:{Environment.NewLine}{headErrors}");
            return 2;
        }

        if (await BuildBaseAsync(@base, head, cancellation))
        {
            await CompareBenchmarksAsync(@base, head, cancellation);
        }

        if (options.LoadSeconds > 0)
        {
            await CompareServicesAsync(@base, head, cancellation);
        }

        return Report();
    }

    // The head's benches over the base's code where they fit it: then both are measured by the same code.
    private static async Task<bool> BuildBaseAsync(CommitBuild @base, CommitBuild head, CancellationToken cancellation)
    {
        await @base.TakeBenchesOfAsync(head, cancellation);
        if (await @base.BuildBenchmarksAsync(cancellation) is not { Length: > 0 } errors)
        {
            Console.WriteLine("Both are measured by HEAD's benchmarks.");
            return true;
        }

        Console.WriteLine($"HEAD's benchmarks do not fit BASE's code, so each is measured by its own; compare the benchmarks too. First errors:{Environment.NewLine}{errors}");
        await @base.TakeOwnBenchesAsync(cancellation);
        if (await @base.BuildBenchmarksAsync(cancellation) is not { Length: > 0 } ownErrors)
        {
            return true;
        }

        Console.WriteLine($"BASE's own benchmarks do not build either; --load compares the services without them:{Environment.NewLine}{ownErrors}");
        return false;
    }

    private async Task CompareBenchmarksAsync(CommitBuild @base, CommitBuild head, CancellationToken cancellation)
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            Dictionary<string, Figure> atBase, atHead;
            if (round % 2 == 0)
            {
                atBase = await BenchmarkRun.RunAsync(@base, options.Filters, cancellation);
                atHead = await BenchmarkRun.RunAsync(head, options.Filters, cancellation);
            }
            else
            {
                atHead = await BenchmarkRun.RunAsync(head, options.Filters, cancellation);
                atBase = await BenchmarkRun.RunAsync(@base, options.Filters, cancellation);
            }

            Console.Error.WriteLine($"Round {round + 1} of {options.Rounds}.");
            foreach (var (name, figure) in atHead)
            {
                Add(name, atBase.TryGetValue(name, out var before) ? before : null, figure);
            }

            foreach (var name in atBase.Keys.Except(atHead.Keys, StringComparer.Ordinal))
            {
                _missing[name] = "HEAD has no figure: it has no such benchmark, or it failed there";
            }
        }
    }

    private async Task CompareServicesAsync(CommitBuild @base, CommitBuild head, CancellationToken cancellation)
    {
        foreach (var errors in new[] { await head.BuildLoadAsync(cancellation), await head.BuildServiceAsync(cancellation), await @base.BuildServiceAsync(cancellation) })
        {
            if (errors.Length > 0)
            {
                _missing[ServicePair.FigureName] = $"a program does not build: {errors}";
                return;
            }
        }

        await using var pair = await ServicePair.StartAsync(@base, head, cancellation);
        for (var round = 0; round < options.Rounds; round++)
        {
            var baseFirst = round % 2 == 0;
            var first = await (baseFirst ? pair.BaseAsync(options.LoadSeconds, cancellation) : pair.HeadAsync(options.LoadSeconds, cancellation));
            var second = await (baseFirst ? pair.HeadAsync(options.LoadSeconds, cancellation) : pair.BaseAsync(options.LoadSeconds, cancellation));
            Console.Error.WriteLine($"Load, round {round + 1} of {options.Rounds}.");
            Add(ServicePair.FigureName, baseFirst ? first : second, baseFirst ? second : first);
        }
    }

    private void Add(string name, Figure? atBase, Figure? atHead)
    {
        if (atBase is { } before && atHead is { } after)
        {
            if (!_figures.TryGetValue(name, out var figure))
            {
                _figures.Add(name, figure = new ComparedFigure(name));
            }

            figure.Add(before, after);
        }
        else
        {
            var commit = atBase is null ? "BASE" : "HEAD";
            _missing[name] = $"{commit} has no figure: it has no such benchmark, or it failed there";
        }
    }

    private int Report()
    {
        Console.WriteLine();
        Console.WriteLine("| HEAD ÷ BASE | time | quartiles | BASE | HEAD | bytes BASE | bytes HEAD | |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|---|");
        foreach (var figure in _figures.Values)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {figure.Name} | {figure.Ratio:F3} | {figure.LowerQuartile:F3}–{figure.UpperQuartile:F3} | {figure.BaseTime:N1} | {figure.HeadTime:N1} | {figure.BaseBytes:F0} | {figure.HeadBytes:F0} | {Verdict(figure)} |"));
        }

        foreach (var (name, why) in _missing)
        {
            Console.WriteLine($"Not compared: {name}: {why}.");
        }

        var worse = _figures.Values.Count(figure => Verdict(figure).Length > 0);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_figures.Count} compared over {options.Rounds} rounds, {worse} worse (tolerance {options.Tolerance})."));
        return _figures.Count == 0 ? 2 : worse > 0 ? 1 : 0;
    }

    private string Verdict(ComparedFigure figure) =>
        figure.IsSlower(options.Tolerance) ? "SLOWER"
        : figure.AllocatesMore(options.Tolerance) ? "ALLOCATES MORE"
        : string.Empty;
}
