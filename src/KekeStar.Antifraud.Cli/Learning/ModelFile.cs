using System.CommandLine;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Cli.Learning;

/// <summary>A model file on the command line, wherever it lies, and the points that it may add.</summary>
internal static class ModelFile
{
    private const int DefaultPoints = 500;

    /// <summary>The option of the points.</summary>
    public static Option<int> Points() => BoundedOption.Create("--points", "Points of the model.", DefaultPoints, 1, ModelLimits.MaxPoints);

    /// <summary>Reads a model.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">It is no model, or another one than its name says.</exception>
    public static ScoreModel Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var (name, hash) = (Path.GetFileNameWithoutExtension(path), ModelLoader.HashOf(bytes));

        // As the service does. A copy may have a name of its own.
        if (name.Length == hash.Length && name.All(char.IsAsciiHexDigit) && !string.Equals(name, hash, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException($"'{path}' is named by another hash than its content's, which is {hash}: it is damaged or was changed.");
        }

        var read = ModelLoader.Load(bytes);
        return read.Model ?? throw new InvalidDataException($"The model has {read.Errors.Count} errors: {string.Join("; ", read.Errors.Take(5))}");
    }
}
