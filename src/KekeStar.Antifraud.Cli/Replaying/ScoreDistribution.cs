namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>How often each score was given, exactly: there are only 1001 of them.</summary>
internal sealed class ScoreDistribution
{
    /// <summary>Highest score.</summary>
    public const int MaxScore = 1000;

    /// <summary>Width of a class of the histogram; the last class holds 900 to 1000.</summary>
    public const int ClassWidth = 100;

    private readonly int[] _counts = new int[MaxScore + 1];

    /// <summary>Number of scores.</summary>
    public int Count { get; private set; }

    /// <summary>The highest one; 0 if there is none.</summary>
    public int Max => Math.Max(0, Array.FindLastIndex(_counts, static count => count > 0));

    /// <summary>The middle one, of two the lower; 0 if there is none.</summary>
    public int Median
    {
        get
        {
            var below = 0;
            for (var score = 0; score <= MaxScore && Count > 0; score++)
            {
                below += _counts[score];
                if (below >= (Count + 1) / 2)
                {
                    return score;
                }
            }

            return 0;
        }
    }

    /// <summary>Counts a score; one above the contract's range is counted as the highest.</summary>
    public void Add(uint score)
    {
        _counts[Math.Min(score, MaxScore)]++;
        Count++;
    }

    /// <summary>Adds all of another distribution.</summary>
    public void Add(ScoreDistribution other)
    {
        for (var score = 0; score <= MaxScore; score++)
        {
            _counts[score] += other._counts[score];
        }

        Count += other.Count;
    }

    /// <summary>Counts per class of <see cref="ClassWidth"/>, lowest first.</summary>
    public int[] Classes()
    {
        var classes = new int[MaxScore / ClassWidth];
        for (var score = 0; score <= MaxScore; score++)
        {
            classes[Math.Min(score / ClassWidth, classes.Length - 1)] += _counts[score];
        }

        return classes;
    }
}
