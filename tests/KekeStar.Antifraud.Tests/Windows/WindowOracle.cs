using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Windows;

/// <summary>
/// Counts by going through everything that ever happened, with none of the product's code: lists, LINQ and the
/// definitions of docs/windows.md.
/// </summary>
internal sealed class WindowOracle
{
    private const long Skew = 600_000;

    private static readonly long[] Windows = [60_000, 300_000, 3_600_000, 86_400_000, 604_800_000];

    private readonly Dictionary<(EntityKind, Pseudonym), List<Happening>> _logs = [];

    /// <summary>Something that happened to an entity. Network is only known to accounts.</summary>
    internal sealed record Happening(long Time, Scene Scene, Outcome Outcome, ulong Account, ulong Device, ulong Event);

    /// <summary>Notes that it happened, once.</summary>
    public void Add(EntityKind kind, Pseudonym entity, Happening happening)
    {
        if (!_logs.TryGetValue((kind, entity), out var log))
        {
            _logs[(kind, entity)] = log = [];
        }

        if (!log.Exists(other => other.Event == happening.Event && other.Outcome == happening.Outcome))
        {
            log.Add(happening);
        }
    }

    /// <summary>What an event sees: everything that reached the entity before it did, and itself.</summary>
    public List<Happening> SeenBy(EntityKind kind, Pseudonym entity, ulong eventHash)
    {
        var log = _logs[(kind, entity)];
        var own = log.FindIndex(happening => happening.Event == eventHash && happening.Outcome == Outcome.Unspecified);
        return log[..(own + 1)];
    }

    /// <summary>One count over what an event sees.</summary>
    public static int Count(IReadOnlyCollection<Happening> seen, long time, WindowMetric metric, int window)
    {
        var inside = seen.Where(happening => IsInside(happening.Time, time, window)).ToList();
        var attempts = inside.Where(static happening => happening.Outcome == Outcome.Unspecified).ToList();
        return metric switch
        {
            WindowMetric.Events => attempts.Count,
            WindowMetric.Registrations => attempts.Count(static attempt => attempt.Scene == Scene.Register),
            WindowMetric.Accounts => inside
                .Where(static happening => happening.Outcome is Outcome.Unspecified or Outcome.RegistrationCompleted)
                .Select(static happening => happening.Account).Where(static account => account != 0).Distinct().Count(),
            WindowMetric.Devices => attempts.Select(static attempt => attempt.Device).Where(static device => device != 0).Distinct().Count(),
            WindowMetric.Failures => inside.Count(static happening => happening.Outcome is Outcome.LoginFailed or Outcome.CaptchaFailed),
            WindowMetric.Harassment => inside.Count(static happening => happening.Outcome == Outcome.HarassmentConfirmed),
            WindowMetric.FailedAccounts => inside.Where(static happening => happening.Outcome == Outcome.LoginFailed)
                .Select(static happening => happening.Account).Where(static account => account != 0).Distinct().Count(),
            _ => throw new ArgumentOutOfRangeException(nameof(metric)),
        };
    }

    /// <summary>Regularity over what an event sees; NaN: fewer than six attempts.</summary>
    public static double Regularity(IReadOnlyCollection<Happening> seen, long time, int window)
    {
        var times = seen
            .Where(happening => happening.Outcome == Outcome.Unspecified && IsInside(happening.Time, time, window))
            .Select(static happening => (double)happening.Time).Order().ToList();
        if (times.Count < 6)
        {
            return double.NaN;
        }

        var gaps = times.Zip(times.Skip(1), static (earlier, later) => later - earlier).ToList();
        var mean = gaps.Average();
        return mean <= 0 ? 1 : Math.Max(0, 1 - (Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean));
    }

    private static bool IsInside(long happened, long time, int window) =>
        happened > time - Windows[window] && happened <= time + Math.Min(Windows[window], Skew);
}
