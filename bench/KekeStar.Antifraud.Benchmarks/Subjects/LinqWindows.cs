using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>The counts of a tail as one would write them first: decode all records, then a query for each window and metric.</summary>
internal static class LinqWindows
{
    public static void Count(byte[] tail, in WindowRecord own, WindowCounts counts)
    {
        var hash = own.EventHash;
        var now = own.TimeMilliseconds;
        var records = tail.Chunk(WindowRecord.Length).Select(static bytes => WindowRecord.Read(bytes)).ToList();
        var seen = records.Take(records.FindIndex(record => record.EventHash == hash && record.Outcome == 0) + 1)
            .DistinctBy(static record => (record.EventHash, record.Outcome)).ToList();
        counts.Clear();
        counts.IsKnown = true;
        for (var window = 0; window < WindowLengths.Count; window++)
        {
            var begin = now - WindowLengths.Milliseconds((WindowLength)window);
            var inside = seen.Where(record => record.TimeMilliseconds > begin).ToList();
            var attempts = inside.Where(static record => record.Outcome == 0).ToList();
            counts[WindowMetric.Events, window] = attempts.Count;
            counts[WindowMetric.Registrations, window] = attempts.Count(static record => record.Scene == (byte)Scene.Register);
            counts[WindowMetric.Accounts, window] = inside
                .Where(static record => record.Outcome is 0 or (byte)Outcome.RegistrationCompleted && record.Account != 0)
                .Select(static record => record.Account).Distinct().Count();
            counts[WindowMetric.Devices, window] = attempts
                .Where(static record => record.Device != 0).Select(static record => record.Device).Distinct().Count();
            counts[WindowMetric.Failures, window] = inside.Count(static record => record.Outcome is (byte)Outcome.LoginFailed or (byte)Outcome.CaptchaFailed);
            counts[WindowMetric.Harassment, window] = inside.Count(static record => record.Outcome == (byte)Outcome.HarassmentConfirmed);
            counts[WindowMetric.FailedAccounts, window] = inside
                .Where(static record => record.Outcome == (byte)Outcome.LoginFailed && record.Account != 0)
                .Select(static record => record.Account).Distinct().Count();
            counts.Regularity(window) = Regularity(attempts);
        }
    }

    private static double Regularity(List<WindowRecord> attempts)
    {
        if (attempts.Count < WindowMetrics.RegularityAttempts)
        {
            return double.NaN;
        }

        var times = attempts.Select(static record => (double)record.TimeMilliseconds).Order().ToList();
        var gaps = times.Zip(times.Skip(1), static (earlier, later) => later - earlier).ToList();
        var mean = gaps.Average();
        return mean <= 0 ? 1 : Math.Max(0, 1 - (Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean));
    }
}
