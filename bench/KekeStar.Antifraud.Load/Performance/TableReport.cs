using System.Globalization;
using KekeStar.Antifraud.Load.Comparing;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Reporting;

namespace KekeStar.Antifraud.Load.Performance;

/// <summary>Makes the published report of what the rounds found.</summary>
/// <param name="subjects">What was measured, the yardstick first.</param>
/// <param name="options">How.</param>
/// <param name="results">What was found.</param>
internal sealed class TableReport(IReadOnlyList<Subject> subjects, TableOptions options, PerformanceResults results)
{
    private static readonly WriteMode[] Modes = [WriteMode.Single, WriteMode.Coalesced];

    /// <summary>Gives the report.</summary>
    /// <param name="at">When it was measured.</param>
    /// <param name="machine">Where.</param>
    public Report Of(DateTimeOffset at, MachineFacts machine) => new()
    {
        Name = "report",
        Title = "Performance: the service as a share of a bare gRPC echo",
        At = at,
        Facts = [.. machine.Facts(), new ReportFact("CPU of others", Text($"{results.All.Max(static result => result.OthersCpuShare):P0} of the cores in the worst measurement, {Median(static result => result.OthersCpuShare):P0} in the median one; above about 5 % measure again"))],
        Sections = [Goals(), Subjects(), OpenLoop(), Growth(), Rounds()],
    };

    private ReportSection Goals() => new()
    {
        Key = "goals",
        Title = "Goals",
        Intro = "Medians of the rounds. Writes: whether the generator hands each call to the kernel on its own, as ordinary gRPC clients do (single), or all that are due on a connection together (coalesced). The echo gains most from the latter, so ratios are those of one mode.",
        Columns =
        [
            new("goal", "what"), new("bound", "goal"),
            .. Modes.SelectMany(static mode => new ReportColumn[] { new(Key(mode), $"{Key(mode)} writes"), new($"{Key(mode)}Met", "") }),
        ],
        Rows = [.. Goal.All.Select(Row)],
        Notes = ["Goals on rules, window fill, keys in the store, memory per entity and shards are measured by other commands: see [bench/README.md](../../README.md)."],
    };

    private IReadOnlyList<ReportCell> Row(Goal goal)
    {
        var cells = new List<ReportCell> { goal.Name, $"{(goal.AtLeast ? '≥' : '≤')} {goal.Bound.ToString(goal.Format, CultureInfo.InvariantCulture)}" };
        foreach (WriteMode mode in Modes)
        {
            double figure = goal.Measure(results, options, mode);
            cells.Add(ReportCell.Of(figure, goal.Format));
            cells.Add(goal.IsMet(figure) switch { true => "met", false => "**missed**", null => "not measured" });
        }

        return cells;
    }

    private ReportSection Subjects()
    {
        LoadOptions load = options.Load;
        return new ReportSection
        {
            Key = "subjects",
            Title = "Peak",
            Intro = Text($"Closed loop over {load.Connections} connections: on each {load.Streams} unary calls in flight, or {load.Streams} long-lived streams with {load.MessagesPerStream} events in flight on each, or {options.BatchStreams} batches of {load.Batch} events. Rounds: {options.Rounds}; in each every subject starts with an empty store, is under load for {options.Warmup.TotalSeconds:0.#} s and measured for {options.Duration.TotalSeconds:0.#} s in each mode of writes; echo and embedded service stand idle until the end of the round. Generator, service and store share {CorePinning.Allowed().Count} cores. Events of {results.All.First().RequestBytes} bytes. Figures are medians of the rounds, the ratio that of the rounds' own ratios (lowest to highest). Latencies of a saturated closed loop say how long its queue is; those that count are below."),
            Columns =
            [
                new("subject", "what"), new("writes", "writes"), new("eventsPerSecond", "events/s"), new("ratio", "÷ echo"), new("range", "lowest to highest"),
                new("p50Ms", "p50 ms"), new("p99Ms", "p99 ms"), new("p999Ms", "p99.9 ms"),
                new("serverMicroseconds", "server + store µs CPU/event"), new("generatorMicroseconds", "generator µs CPU/event"),
                new("residentMiB", "memory MiB"), new("garbageBytes", "garbage bytes/event"),
                new("errors", "errors"), new("degradedPercent", "degraded %"), new("othersPercent", "CPU of others %"),
            ],
            Rows = [.. Modes.SelectMany(mode => subjects.Select(subject => Row(subject, mode)))],
            Notes =
            [
                "Server: its CPU time and that of its redis-server. Memory: the same processes' resident memory at the end. Garbage: what the server's process allocates on the managed heap, from its own counter; with a redis-server, the service alone. Errors: of all rounds, warm-up included. Figures count only where errors and degraded answers are 0.",
            ],
            Plot = new Plot
            {
                Kind = PlotKind.Bar,
                Title = "Events per second as a ratio to the bare unary echo",
                X = new PlotAxis(""),
                Y = new PlotAxis("ratio to the echo with the same writes"),
                Categories = [.. subjects.Select(static subject => subject.Key)],
                Series = [.. Modes.Select(mode => new PlotSeries($"{Key(mode)} writes", [.. subjects.Select((subject, index) => new PlotPoint(index, Ratio(subject, mode))).Where(static point => double.IsFinite(point.Y))]))],
            },
        };
    }

    private IReadOnlyList<ReportCell> Row(Subject subject, WriteMode mode)
    {
        MeasurementKey key = options.Peak(subject.Key, mode);
        IReadOnlyList<double> ratios = results.Paired(key, options.Peak(Subject.Echo, mode), EventsRatio);
        return
        [
            subject.Name,
            Key(mode),
            Cell(key, static result => result.RequestsPerSecond, "N0"),
            ReportCell.Of(Ratio(subject, mode), "F3"),
            ratios.Count == 0 ? ReportCell.None : Text($"{ratios.Min():F3} to {ratios.Max():F3}"),
            Cell(key, static result => result.P50Ms, "F2"),
            Cell(key, static result => result.P99Ms, "F2"),
            Cell(key, static result => result.P999Ms, "F2"),
            Cell(key, static result => result.ServerCpuMicroseconds, "F1"),
            Cell(key, static result => result.GeneratorCpuMicroseconds, "F1"),
            Cell(key, static result => result.ServerResidentBytes / 1048576.0, "N0"),
            Cell(key, static result => result.ServerGarbageBytes > 0 ? result.ServerGarbageBytes : double.NaN, "N0"),
            ReportCell.Of(results.Of(key).Sum(static result => result.ErrorCount), "N0"),
            Worst(key, static result => result.DegradedShare, "0.##"),
            Worst(key, static result => result.OthersCpuShare, "N0"),
        ];
    }

    private ReportSection OpenLoop()
    {
        (Subject Subject, WriteMode Mode)[] measured =
        [
            .. Modes.SelectMany(mode => subjects.Where(subject => results.Of(options.Open(subject.Key, mode)).Count > 0).Select(subject => (subject, mode))),
        ];
        return new ReportSection
        {
            Key = "open-loop",
            Title = Text($"Latency at {options.OpenShare:P0} of the service's peak"),
            Intro = "Open loop: echo and service get the same rate, a share of the service's own peak of the round with the same writes. A call's latency counts from when it was due, sent or not, so a pause shows in all calls that it held up.",
            Columns =
            [
                new("subject", "what"), new("writes", "writes"), new("offeredPerSecond", "offered/s"), new("eventsPerSecond", "events/s"),
                new("p50Ms", "p50 ms"), new("p99Ms", "p99 ms"), new("p999Ms", "p99.9 ms"), new("p99Ratio", "p99 ÷ echo"),
                new("neverSent", "never sent"), new("serverMicroseconds", "server + store µs CPU/event"), new("errors", "errors"), new("degradedPercent", "degraded %"), new("othersPercent", "CPU of others %"),
            ],
            Rows = [.. measured.Select(one => OpenRow(one.Subject, one.Mode))],
            Plot = measured.Length == 0 ? null : new Plot
            {
                Kind = PlotKind.Bar,
                Title = Text($"Latency at {options.OpenShare:P0} of the service's peak, open loop"),
                X = new PlotAxis(""),
                Y = new PlotAxis("ms"),
                Categories = ["p50", "p99", "p99.9"],
                Series = [.. measured.Select(one => new PlotSeries($"{one.Subject.Key}, {Key(one.Mode)}", Latencies(options.Open(one.Subject.Key, one.Mode))))],
            },
        };
    }

    private IReadOnlyList<ReportCell> OpenRow(Subject subject, WriteMode mode)
    {
        MeasurementKey key = options.Open(subject.Key, mode);
        return
        [
            subject.Name,
            Key(mode),
            Cell(key, static result => result.OfferedPerSecond, "N0"),
            Cell(key, static result => result.RequestsPerSecond, "N0"),
            Cell(key, static result => result.P50Ms, "F2"),
            Cell(key, static result => result.P99Ms, "F2"),
            Cell(key, static result => result.P999Ms, "F2"),
            ReportCell.Of(results.Median(key, options.Open(Subject.Echo, mode), static (one, echo) => one.P99Ms / echo.P99Ms), "F2"),
            ReportCell.Of(results.Of(key).Sum(static result => result.NeverSent), "N0"),
            Cell(key, static result => result.ServerCpuMicroseconds, "F1"),
            ReportCell.Of(results.Of(key).Sum(static result => result.ErrorCount), "N0"),
            Worst(key, static result => result.DegradedShare, "0.##"),
            Worst(key, static result => result.OthersCpuShare, "N0"),
        ];
    }

    private ReportSection Growth()
    {
        Subject[] measured = [.. subjects.Where(subject => options.GrowthConnections.Any(connections => results.Of(options.Growth(subject.Key, connections)).Count > 0))];
        return new ReportSection
        {
            Key = "connections",
            Title = "Cost against connections",
            Intro = Text($"Closed loop, {options.GrowthInFlight} calls in flight spread over more and more connections, {Key(options.GrowthWrites)} writes."),
            Columns =
            [
                new("connections", "connections"),
                .. measured.SelectMany(static subject => new ReportColumn[] { new($"{subject.Key}PerSecond", $"{subject.Key} events/s"), new($"{subject.Key}Microseconds", $"{subject.Key} µs CPU/event") }),
                new("ratio", "÷ echo"),
            ],
            Rows =
            [
                .. options.GrowthConnections.Select(connections => (IReadOnlyList<ReportCell>)
                [
                    ReportCell.Of(connections, "N0"),
                    .. measured.SelectMany(subject => new[]
                    {
                        Cell(options.Growth(subject.Key, connections), static result => result.RequestsPerSecond, "N0"),
                        Cell(options.Growth(subject.Key, connections), static result => result.ServerCpuMicroseconds, "F1"),
                    }),
                    ReportCell.Of(results.Median(options.Growth(Subject.Embedded, connections), options.Growth(Subject.Echo, connections), EventsRatio), "F3"),
                ]),
            ],
            Plot = measured.Length == 0 ? null : new Plot
            {
                Title = "Server CPU time per event against connections",
                X = new PlotAxis("connections", Logarithmic: true),
                Y = new PlotAxis("µs CPU/event"),
                Series = [.. measured.Select(subject => new PlotSeries(subject.Name, [.. options.GrowthConnections.Select(connections => new PlotPoint(connections, results.Median(options.Growth(subject.Key, connections), static result => result.ServerCpuMicroseconds))).Where(static point => double.IsFinite(point.Y))]))],
            },
        };
    }

    private ReportSection Rounds() => new()
    {
        Key = "rounds",
        Title = "Each round",
        Columns =
        [
            new("round", "round"), new("subject", "what"), new("load", "load"), new("writes", "writes"), new("connections", "connections"),
            new("eventsPerSecond", "events/s"), new("p99Ms", "p99 ms"), new("serverMicroseconds", "server + store µs CPU/event"), new("othersPercent", "CPU of others %"),
        ],
        Rows =
        [
            .. results.Rounds.SelectMany(static (round, index) => round.Select(pair => (IReadOnlyList<ReportCell>)
            [
                ReportCell.Of(index + 1, "N0"),
                pair.Key.Subject,
                pair.Key.Kind.ToString().ToLowerInvariant(),
                Key(pair.Key.Writes),
                ReportCell.Of(pair.Key.Connections, "N0"),
                ReportCell.Of(pair.Value.RequestsPerSecond, "N0"),
                ReportCell.Of(pair.Value.P99Ms, "F2"),
                ReportCell.Of(pair.Value.ServerCpuMicroseconds, "F1"),
                ReportCell.Of(pair.Value.OthersCpuShare * 100, "N0"),
            ])),
        ],
    };

    private PlotPoint[] Latencies(MeasurementKey key) =>
    [
        new(0, results.Median(key, static result => result.P50Ms)),
        new(1, results.Median(key, static result => result.P99Ms)),
        new(2, results.Median(key, static result => result.P999Ms)),
    ];

    private double Ratio(Subject subject, WriteMode mode)
        => results.Median(options.Peak(subject.Key, mode), options.Peak(Subject.Echo, mode), EventsRatio);

    private ReportCell Cell(MeasurementKey key, Func<LoadResult, double> figure, string format) => ReportCell.Of(results.Median(key, figure), format);

    // The highest share of all rounds, in percent.
    private ReportCell Worst(MeasurementKey key, Func<LoadResult, double> share, string format)
        => ReportCell.Of(results.Of(key).Select(share).DefaultIfEmpty(double.NaN).Max() * 100, format);

    private double Median(Func<LoadResult, double> figure) => PairedRatio.Quantile([.. results.All.Select(figure)], 0.5);

    private static double EventsRatio(LoadResult one, LoadResult other) => one.RequestsPerSecond / other.RequestsPerSecond;

    private static string Key(WriteMode mode) => mode.ToString().ToLowerInvariant();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
