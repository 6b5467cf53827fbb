using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Tests.Archive;
using KekeStar.Antifraud.Tests.Learning;

namespace KekeStar.Antifraud.Tests.Cli.Learning;

/// <summary>An archive that a service still holds, with labels beside it and a model that the command trained on it; once for all facts.</summary>
public sealed class LearnedArchive : IAsyncLifetime, IDisposable
{
    private readonly ArchiveUnderTest _archive = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-learned-");

    internal IReadOnlyList<LabelledEvent> Events { get; } = SyntheticEvents.Make(8_000, seed: 8);

    internal TestTerminal Training { get; } = new();

    internal int ExitCode { get; private set; }

    internal string Archive => _archive.Folder;

    internal string Labels => Of("labels.parquet");

    internal string Models => Of("models");

    internal string Model => Directory.GetFiles(Models, "*.json").Single();

    public async Task InitializeAsync()
    {
        LearningArchive.Write(_archive, Events);
        LearningArchive.Label(Labels, Events);
        ExitCode = await Training.RunAsync(
            "train", "--archive", Archive, "--labels", Labels, "--out", Models, "--name", "small", "--trees", "10", "--leaves", "8", "--inputs", "16");
    }

    public async Task DisposeAsync() => await _archive.DisposeAsync();

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Path of something beside the labels.</summary>
    internal string Of(string name) => Path.Combine(_folder.FullName, name);
}
