using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>How the work for a right is spread, and how its results add up.</summary>
internal static class RightsWork
{
    /// <summary>Works on an account's trace under each epoch in turn; ends at the first that is not done whole.</summary>
    /// <param name="store">Where the traces lie.</param>
    /// <param name="subjects">The account under every epoch.</param>
    /// <param name="work">The work.</param>
    public static async Task<RightsResult> ForEachEpochAsync(
        IWindowStore store, IReadOnlyList<AccountSubject> subjects, Func<AccountTrace, Task<RightsResult>> work)
    {
        var total = default(RightsResult);
        foreach (var subject in subjects)
        {
            var (trace, status) = await AccountTrace.ReadAsync(store, subject);
            if (trace is null)
            {
                return total with { Status = status };
            }

            total += await work(trace);
            if (total.Status != StoreStatus.Ok)
            {
                return total;
            }
        }

        return total;
    }

    /// <summary>Works on many logs, some at a time, and adds up what was done.</summary>
    public static async Task<RightsResult> ForEachAsync<T>(IEnumerable<T> items, Func<T, Task<RightsResult>> work)
    {
        var total = default(RightsResult);
        var adding = new Lock();
        await Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = RightsLimits.Parallelism },
            async (item, _) =>
            {
                var result = await work(item);
                lock (adding)
                {
                    total += result;
                }
            });
        return total;
    }
}
