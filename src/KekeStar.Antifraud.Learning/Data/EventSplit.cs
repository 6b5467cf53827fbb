namespace KekeStar.Antifraud.Learning.Data;

/// <summary>
/// Events divided by time, so that nothing is learned from what comes after: training, then calibration, then test. Adversaries that are
/// unseen are in the test alone.
/// </summary>
/// <param name="Training">The earliest; trees are grown on them.</param>
/// <param name="Calibration">Between; the log-odds become probabilities on them.</param>
/// <param name="Test">The latest; nothing is learned from them.</param>
internal sealed record EventSplit(IReadOnlyList<LabelledEvent> Training, IReadOnlyList<LabelledEvent> Calibration, IReadOnlyList<LabelledEvent> Test)
{
    /// <summary>Share of the events up to which there is training: 0.6.</summary>
    public const double TrainingEnd = 0.6;

    /// <summary>Share of the events up to which there is calibration: 0.75.</summary>
    public const double CalibrationEnd = 0.75;

    /// <summary>Divides events.</summary>
    /// <param name="events">In the order of their time. Events of one moment stay together.</param>
    public static EventSplit Of(IReadOnlyList<LabelledEvent> events)
    {
        var training = EndOf(events, TrainingEnd);
        var calibration = EndOf(events, CalibrationEnd);
        return new EventSplit(
            [.. events.Take(training).Where(static e => !e.IsUnseen)],
            [.. events.Take(calibration).Skip(training).Where(static e => !e.IsUnseen)],
            [.. events.Skip(calibration)]);
    }

    private static int EndOf(IReadOnlyList<LabelledEvent> events, double share)
    {
        var end = (int)(events.Count * share);
        while (end > 0 && end < events.Count && events[end].TimeMilliseconds == events[end - 1].TimeMilliseconds)
        {
            end++;
        }

        return end;
    }
}
