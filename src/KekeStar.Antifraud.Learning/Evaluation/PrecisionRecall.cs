namespace KekeStar.Antifraud.Learning.Evaluation;

/// <summary>How well a score puts attacks above honest events.</summary>
internal sealed class PrecisionRecall
{
    private readonly (double Score, bool IsAttack)[] _descending;
    private readonly int _attacks;

    /// <summary>Judges scores.</summary>
    /// <param name="scores">Scores with what is true; of either kind any number.</param>
    public PrecisionRecall(IEnumerable<(double Score, bool IsAttack)> scores)
    {
        _descending = [.. scores.OrderByDescending(static one => one.Score)];
        _attacks = _descending.Count(static one => one.IsAttack);
    }

    /// <summary>
    /// Area under the curve of precision over recall as average precision: the mean, over the attacks, of the precision at the threshold that just
    /// catches them. Events of one score stand or fall together.
    /// </summary>
    public double AveragePrecision()
    {
        var (area, caught, above) = (0.0, 0, 0);
        for (var i = 0; i < _descending.Length;)
        {
            var before = caught;
            var score = _descending[i].Score;
            for (; i < _descending.Length && _descending[i].Score.Equals(score); i++)
            {
                above++;
                caught += _descending[i].IsAttack ? 1 : 0;
            }

            area += (caught - before) * (double)caught / above;
        }

        return _attacks == 0 ? double.NaN : area / _attacks;
    }

    /// <summary>The least threshold at which no more than a share of the honest events is challenged.</summary>
    /// <param name="share">0 … 1.</param>
    /// <returns>What scores at least it is challenged; infinite: nothing can be.</returns>
    public double ThresholdFor(double share)
    {
        var most = (int)Math.Floor(share * (_descending.Length - _attacks));
        var threshold = double.PositiveInfinity;
        var honest = 0;
        for (var i = 0; i < _descending.Length;)
        {
            var score = _descending[i].Score;
            for (; i < _descending.Length && _descending[i].Score.Equals(score); i++)
            {
                honest += _descending[i].IsAttack ? 0 : 1;
            }

            if (honest > most)
            {
                break;
            }

            threshold = score;
        }

        return threshold;
    }

    /// <summary>The highest score below a threshold; infinitely low: there is none.</summary>
    public double NextBelow(double threshold)
    {
        foreach (var (score, _) in _descending)
        {
            if (score < threshold)
            {
                return score;
            }
        }

        return double.NegativeInfinity;
    }
}
