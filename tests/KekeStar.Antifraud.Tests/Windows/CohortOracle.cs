using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Windows;

/// <summary>What the logs of one event have in common, by the definitions of docs/cohorts.md: lists and LINQ.</summary>
internal sealed class CohortOracle(WindowRecord own)
{
    private const long Day = 86_400_000;
    private const long Skew = 600_000;

    private readonly Dictionary<int, List<WindowRecord>> _attempts = [];
    private readonly Dictionary<int, (bool OfWeek, bool OfDay)> _cut = [];

    /// <summary>Takes a log with everything that was ever written to it, the event's own record at its end or not at all.</summary>
    public void Add(int slot, WindowRecord[] log, WindowCounts counts)
    {
        var upToOwn = log.TakeWhile(record => record.EventHash != own.EventHash).Append(own);
        var distinct = new List<WindowRecord>();
        foreach (var record in upToOwn)
        {
            // Of copies the last one has its place among the last 256; a copy says what the first one said.
            distinct.RemoveAll(other => other.EventHash == record.EventHash && other.Outcome == record.Outcome);
            distinct.Add(record);
        }

        _attempts[slot] = [.. distinct.TakeLast(256).Where(record =>
            record.Outcome == 0 && own.TimeMilliseconds - record.TimeMilliseconds < 7 * Day && record.TimeMilliseconds - own.TimeMilliseconds <= Skew)];

        // Which windows a cut log may reach is WindowCounter's to say, and held against an oracle there.
        _cut[slot] = (counts.AtLeast((int)WindowLength.SevenDays), counts.AtLeast((int)WindowLength.OneDay));
    }

    public CohortStanding? Cohort()
    {
        if (!_attempts.TryGetValue(EntitySlot.Cohort, out var attempts))
        {
            return null;
        }

        var registrations = attempts.Where(IsRegistration).ToList();
        var before = registrations.Count(record => Age(record) >= Day);
        var before24Hours = attempts.Max(Age) - Day;
        var inPrefix = registrations.Where(IsInPrefix).ToList();
        var all = _attempts.GetValueOrDefault(EntitySlot.IpPrefix)?.Count(IsRegistration) ?? 0;
        return new CohortStanding(
            _cut[EntitySlot.Cohort].OfDay || before24Hours < Day ? double.NaN : (registrations.Count - before) / Math.Max(1, before * (double)Day / before24Hours),
            inPrefix.Count,
            all == 0 ? double.NaN : (double)inPrefix.Count / all,
            inPrefix.Select(HourOf).Distinct().Count(),
            _cut[EntitySlot.Cohort].OfWeek || IsCut(EntitySlot.IpPrefix),
            _attempts.ContainsKey(EntitySlot.IpPrefix));
    }

    public SimilarStanding? Similar()
    {
        var known = new[] { EntitySlot.Similar, EntitySlot.Similar2 }.Where(_attempts.ContainsKey).ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var slot = known.MaxBy(slot => (_attempts[slot].Count(IsRegistration), _attempts[slot].Count));
        var attempts = _attempts[slot];
        var registrations = attempts.Where(IsRegistration).ToList();
        var ofCohort = _attempts.GetValueOrDefault(EntitySlot.Cohort)?.Where(record => Age(record) < Day).ToList() ?? [];
        return new SimilarStanding(
            (double)registrations.Count / attempts.Count,
            (double)attempts.Select(static record => record.Device).Where(static device => device != 0).Distinct().Count() / attempts.Count,
            attempts.Select(HourOf).Distinct().Count(),
            registrations.Select(HourOf).Distinct().Count(),
            registrations.Count == 0 ? double.NaN : (double)registrations.Count(static record => HourOf(record) is 1 or 2 or 3 or 4 or 5) / registrations.Count,
            ofCohort.Count == 0 ? double.NaN : (double)ofCohort.Count(record => attempts.Exists(other => other.EventHash == record.EventHash)) / ofCohort.Count,
            _attempts.ContainsKey(EntitySlot.IpPrefix) ? registrations.Count(IsInPrefix) : -1,
            IsCut(slot),
            IsCut(slot) || IsCut(EntitySlot.IpPrefix));
    }

    private static bool IsRegistration(WindowRecord record) => record.Scene == (byte)Scene.Register;

    private static int HourOf(WindowRecord record) =>
        DateTimeOffset.FromUnixTimeMilliseconds(record.TimeMilliseconds).ToOffset(TimeSpan.FromHours(8)).Hour;

    private long Age(WindowRecord record) => own.TimeMilliseconds - record.TimeMilliseconds;

    private bool IsCut(int slot) => _cut.GetValueOrDefault(slot).OfWeek;

    private bool IsInPrefix(WindowRecord record) =>
        _attempts.GetValueOrDefault(EntitySlot.IpPrefix)?.Exists(other => other.EventHash == record.EventHash) ?? false;
}
