namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>Where models come from.</summary>
public sealed class ModelOptions
{
    /// <summary>
    /// Folder of the model files, each named by its SHA-256 (<c>….json</c>); read when a policy names one. Default: <c>data/models</c>
    /// below the working directory. The model that ships with the library needs no file.
    /// </summary>
    public string Directory { get; set; } = Path.Combine("data", "models");
}
