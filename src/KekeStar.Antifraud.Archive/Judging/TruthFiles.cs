using KekeStar.Antifraud.Archive.Files;

namespace KekeStar.Antifraud.Archive.Judging;

/// <summary>Where to look for what is known of recorded events. Backtests and learning read the same.</summary>
internal sealed record TruthFiles
{
    private const string FeedbackName = "feedback.jsonl";

    /// <summary>Folders of the archives, whose outcomes count.</summary>
    public required IReadOnlyList<string> Archives { get; init; }

    /// <summary>A Parquet file of labels; null: none.</summary>
    public string? Labels { get; init; }

    /// <summary>A file of people's marks; null: those beside the archives, where there are some.</summary>
    public string? Feedback { get; init; }

    /// <summary>Reads all of them: outcomes, then marks, then labels.</summary>
    /// <param name="engine">Reads Parquet files.</param>
    /// <exception cref="InvalidDataException">One cannot be read, or is not what it should be; the message says which.</exception>
    public TruthBook Read(DuckDbEngine engine)
    {
        var truths = new TruthBook();
        truths.AddOutcomes(engine, new LiveFiles(engine, Archives));
        foreach (var path in Feedback is { } named
            ? [named]
            : Archives.Select(static folder => Path.Combine(folder, FeedbackName)).Where(File.Exists))
        {
            truths.AddFeedback(path);
        }

        if (Labels is { } labels)
        {
            truths.AddLabels(engine, labels);
        }

        return truths;
    }
}
