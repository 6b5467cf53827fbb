namespace KekeStar.Antifraud.Load.Targets;

/// <summary>Where the service's program is.</summary>
internal static class ServiceAssembly
{
    /// <summary>
    /// Gets where the build of this program put antifraud.dll: artifacts/bin/KekeStar.Antifraud.Cli/CONFIGURATION, beside
    /// its own folder. The project file makes sure that it is built.
    /// </summary>
    public static string Built { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "KekeStar.Antifraud.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "antifraud.dll"));
}
