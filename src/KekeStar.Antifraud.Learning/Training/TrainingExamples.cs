using System.Globalization;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Learning.Training;

/// <summary>Whether there are enough events of each risk, and honest ones, to learn from.</summary>
internal static class TrainingExamples
{
    /// <summary>Checks it for all risks, before the first tree is grown.</summary>
    /// <exception cref="InvalidDataException">There are too few; the message says of which, how many there are and how many it takes.</exception>
    public static void Check(EventSplit split)
    {
        var few = new List<string>();
        foreach (var risk in Enum.GetValues<Risk>())
        {
            AddIfFew(PolicyWords.WordOf(risk), risk);
        }

        AddIfFew("honest", risk: null);
        if (few.Count > 0)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join("; ", few)}. A model takes at least {LearningLimits.MinimumTraining} events of each risk, and honest ones, to train and {LearningLimits.MinimumCalibration} to calibrate."));
        }

        void AddIfFew(string word, Risk? risk)
        {
            var (training, calibration) = (split.Training.Count(e => e.Risk == risk), split.Calibration.Count(e => e.Risk == risk));
            if (training < LearningLimits.MinimumTraining || calibration < LearningLimits.MinimumCalibration)
            {
                few.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{word}: {training} of {split.Training.Count} events to train and {calibration} of {split.Calibration.Count} to calibrate"));
            }
        }
    }
}
