using System.Diagnostics.CodeAnalysis;
using KekeStar.Antifraud.Archive.Reading;
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

    /// <summary>Looks for the gangs, the largest first.</summary>
    /// <param name="gangs">The answer, which may still be under way.</param>
    /// <returns>False if there is no archive.</returns>
    public bool TryLook([NotNullWhen(true)] out Task<ArchiveAnswer<IReadOnlyList<GangCluster>>>? gangs)
    {
        if (source.Archive is not { } archive)
        {
            gangs = null;
            return false;
        }

        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_answer is null || (_answer.IsCompleted && now - _asked >= GoodFor))
            {
                _asked = now;
                _answer = archive.ClustersAsync(Search.ToFilter(now), CancellationToken.None);
            }

            gangs = _answer;
            return true;
        }
    }
}
