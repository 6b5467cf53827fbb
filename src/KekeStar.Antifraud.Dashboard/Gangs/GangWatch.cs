using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Archiving;

namespace KekeStar.Antifraud.Dashboard.Gangs;

/// <summary>The gangs of the last day for the overview, looked for once for all who look at it.</summary>
/// <param name="source">The archive.</param>
/// <param name="time">Tells when to look again.</param>
internal sealed class GangWatch(OptionalArchive source, TimeProvider time)
{
    /// <summary>How long an answer is good for: 1 minute. Gangs take longer to grow, and finding them is the dearest question there is.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(1);

    /// <summary>Among which decisions it looks.</summary>
    public static readonly GangSearch Search = new(new TimeRange(TimeRange.Day));

    private readonly Lock _lock = new();
    private Task<ArchiveAnswer<IReadOnlyList<GangCluster>>>? _answer;
    private DateTimeOffset _asked;

    /// <summary>The gangs that somebody may see in figures: a viewer none with one to four accounts.</summary>
    /// <param name="gangs">The gangs.</param>
    /// <param name="roles">Of whoever looks.</param>
    public static IReadOnlyList<GangCluster> ShownTo(IReadOnlyList<GangCluster> gangs, Roles roles) =>
        [.. gangs.Where(gang => !SmallCells.IsHidden(gang.AccountCount > 0 ? gang.AccountCount : gang.Size, roles))];

    /// <summary>How many came new; null where a viewer would learn of one to four.</summary>
    public static long? GrowthShownTo(GangCluster gang, Roles roles) => SmallCells.Shown(gang.GrowthPerHour, gang.GrowthPerHour, roles);

    /// <summary>True if there is an archive to look at.</summary>
    public bool IsOn => source.Archive is not null;

    /// <summary>The gangs, the largest first.</summary>
    /// <exception cref="InvalidOperationException">There is no archive.</exception>
    public Task<ArchiveAnswer<IReadOnlyList<GangCluster>>> LookAsync()
    {
        var archive = source.Archive ?? throw new InvalidOperationException("There is no archive.");
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_answer is null || (_answer.IsCompleted && now - _asked >= GoodFor))
            {
                _asked = now;
                _answer = archive.ClustersAsync(Search.ToFilter(now), CancellationToken.None);
            }

            return _answer;
        }
    }
}
