using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Load.Performance;

/// <summary>A bound that the service should keep.</summary>
/// <param name="Name">What is bounded.</param>
/// <param name="Bound">The bound.</param>
/// <param name="AtLeast">Whether the figure should be at least the bound; else at most.</param>
/// <param name="Format">How figures are shown.</param>
/// <param name="Measure">Takes the median figure from the results; not a number: it was not measured.</param>
internal sealed record Goal(string Name, double Bound, bool AtLeast, string Format, Func<PerformanceResults, TableOptions, WriteMode, double> Measure)
{
    /// <summary>Gets the goals that the table measures itself.</summary>
    public static IReadOnlyList<Goal> All { get; } =
    [
        new("unary Score, embedded store with append-only file ÷ echo", 0.6, AtLeast: true, "F2", Share(Subject.Embedded, Subject.Echo)),
        new("unary Score, redis-server on the same cores ÷ echo", 0.45, AtLeast: true, "F2", Share(Subject.Redis, Subject.Echo)),
        new("stream or batch, embedded store ÷ unary echo", 1.5, AtLeast: true, "F2", static (results, options, writes) => Larger(Share(Subject.Stream, Subject.Echo)(results, options, writes), Share(Subject.Batch, Subject.Echo)(results, options, writes))),
        new("service ÷ the same service over sorted sets in Lua, redis-server", 3, AtLeast: true, "F2", Share(Subject.Redis, Subject.SortedSets)),
        new("garbage of a unary Score beyond that of the echo, bytes", 256, AtLeast: false, "N0", static (results, options, writes) => results.Median(options.Peak(Subject.Embedded, writes), options.Peak(Subject.Echo, writes), static (service, echo) => Known(service.ServerGarbageBytes) - Known(echo.ServerGarbageBytes))),
        new("p99 at 70 % of the service's peak, open loop ÷ echo at the same rate", 2, AtLeast: false, "F2", static (results, options, writes) => results.Median(options.Open(Subject.Embedded, writes), options.Open(Subject.Echo, writes), static (service, echo) => service.P99Ms / echo.P99Ms)),
    ];

    /// <summary>Tells whether a figure keeps the bound; null: there is no figure.</summary>
    public bool? IsMet(double figure) => !double.IsFinite(figure) ? null : AtLeast ? figure >= Bound : figure <= Bound;

    private static Func<PerformanceResults, TableOptions, WriteMode, double> Share(string subject, string yardstick) => (results, options, writes)
        => results.Median(options.Peak(subject, writes), options.Peak(yardstick, writes), static (one, other) => one.RequestsPerSecond / other.RequestsPerSecond);

    // Where only one was measured it is the larger.
    private static double Larger(double one, double other) => double.IsNaN(one) || other > one ? other : one;

    private static double Known(double bytes) => bytes > 0 ? bytes : double.NaN;
}
