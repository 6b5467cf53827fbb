using System.Diagnostics.Metrics;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>Instruments of one key ring.</summary>
internal sealed class KeyMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.Intake.Keys";

    private const string RoleTag = "antifraud.keys.role";

    private static readonly KeyEpochRole[] Roles = [.. Enum.GetValues<KeyEpochRole>().Where(static role => role != KeyEpochRole.Unspecified)];

    private readonly Meter _meter;

    /// <summary>Measures a ring, which is the meter's scope: a process may hold several.</summary>
    public KeyMetrics(KeyRing ring, TimeProvider time)
    {
        _meter = new Meter(new MeterOptions(MeterName) { Scope = ring });
        _meter.CreateObservableGauge("antifraud.keys.epochs", () => CountRoles(ring.Status(time.GetUtcNow())), "{epoch}", "Key epochs held, by role.");
        _meter.CreateObservableGauge(
            "antifraud.keys.next_role_change",
            () => HoursToChange(ring.Status(time.GetUtcNow()), time.GetUtcNow()),
            "h",
            "Hours until an epoch takes its next role; nothing while no rotation is planned or under way.");
        _meter.CreateObservableGauge(
            "antifraud.keys.current_age",
            () => HoursCurrent(ring.Status(time.GetUtcNow()), time.GetUtcNow()),
            "h",
            "Hours since the current epoch became the current one; nothing for the first of all, whose age its file does not tell.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    // Roles without an epoch too, so that an alarm on a count sees it fall to 0.
    private static Measurement<int>[] CountRoles(IReadOnlyList<KeyEpochState> states) =>
        [.. Roles.Select(role => new Measurement<int>(states.Count(state => state.Role == role), new KeyValuePair<string, object?>(RoleTag, role.ToString().ToLowerInvariant())))];

    private static Measurement<double>[] HoursCurrent(IReadOnlyList<KeyEpochState> states, DateTimeOffset now) =>
        states.SingleOrDefault(static state => state.Role == KeyEpochRole.Current)?.Since is { } since ? [new Measurement<double>((now - since).TotalHours)] : [];

    private static Measurement<double>[] HoursToChange(IReadOnlyList<KeyEpochState> states, DateTimeOffset now) =>
        states.Min(static state => state.Until) is { } next ? [new Measurement<double>((next - now).TotalHours)] : [];
}
