using Grpc.Core;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>What came of a replay. Thread safe while it runs.</summary>
internal sealed class ReplayTally
{
    private readonly Lock _gate = new();
    private readonly List<GroupTally> _groups = [];
    private readonly List<(int Line, RpcException Failure)> _failures = [];

    /// <summary>The groups in the order in which they first appeared.</summary>
    public IReadOnlyList<GroupTally> Groups => _groups;

    /// <summary>Number of lines answered.</summary>
    public int Answered { get; private set; }

    /// <summary>Number of lines that failed.</summary>
    public int FailureCount { get; private set; }

    /// <summary>The first failures.</summary>
    public IReadOnlyList<(int Line, RpcException Failure)> Failures => _failures;

    /// <summary>Time that the replay took.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>All scores.</summary>
    public ScoreDistribution AllScores()
    {
        var all = new ScoreDistribution();
        foreach (var group in _groups)
        {
            all.Add(group.Scores);
        }

        return all;
    }

    /// <summary>The group of a name, or null.</summary>
    public GroupTally? Find(string name) => _groups.Find(g => g.Name == name);

    /// <summary>Makes sure that the group exists, so that groups stand in the file's order.</summary>
    public GroupTally Open(string name)
    {
        lock (_gate)
        {
            if (Find(name) is { } known)
            {
                return known;
            }

            var group = new GroupTally(name);
            _groups.Add(group);
            return group;
        }
    }

    /// <summary>Counts an answered event.</summary>
    public void Add(ReplayEntry entry, ScoreReply reply)
    {
        var group = Open(entry.Group);
        lock (_gate)
        {
            Answered++;
            group.Add(entry.Line, reply);
        }
    }

    /// <summary>Counts a report.</summary>
    public void Add(ReplayEntry entry, ReportReply reply)
    {
        var group = Open(entry.Group);
        lock (_gate)
        {
            Answered++;
            group.Add(reply);
        }
    }

    /// <summary>Counts a failure.</summary>
    /// <returns>True if it makes no sense to go on: nothing was ever answered and the service is not there.</returns>
    public bool Add(ReplayEntry entry, RpcException failure)
    {
        lock (_gate)
        {
            FailureCount++;
            if (_failures.Count < ReplaySurvey.ShownFaults)
            {
                _failures.Add((entry.Line, failure));
            }

            return Answered == 0 && failure.StatusCode is StatusCode.Unavailable or StatusCode.Unauthenticated or StatusCode.Unimplemented;
        }
    }
}
