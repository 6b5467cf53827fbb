namespace KekeStar.Antifraud.Benchmarks.Comparing;

/// <summary>One commit in a temporary worktree of the repository; it goes when this object goes.</summary>
internal sealed class CommitBuild : IAsyncDisposable
{
    private const string BenchFolder = "bench";
    private const string Benchmarks = "KekeStar.Antifraud.Benchmarks";
    private const int ErrorsShown = 5;

    private readonly string _repository;
    private readonly DirectoryInfo _parent;
    private readonly string _folder;

    private CommitBuild(string repository, DirectoryInfo parent, string hash, string name)
    {
        _repository = repository;
        _parent = parent;
        _folder = Path.Combine(parent.FullName, "tree");
        Hash = hash;
        Name = name;
    }

    /// <summary>The commit.</summary>
    public string Hash { get; }

    /// <summary>Its short hash and subject.</summary>
    public string Name { get; }

    /// <summary>The benchmarks, once built.</summary>
    public string BenchmarksAssembly => Assembly(Benchmarks, $"{Benchmarks}.dll");

    /// <summary>The load program, once built.</summary>
    public string LoadAssembly => Assembly("KekeStar.Antifraud.Load", "KekeStar.Antifraud.Load.dll");

    /// <summary>The service, once built.</summary>
    public string ServiceAssembly => Assembly("KekeStar.Antifraud.Cli", "antifraud.dll");

    /// <summary>Checks a commit out.</summary>
    /// <param name="repository">A folder of the repository.</param>
    /// <param name="revision">What names the commit.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<CommitBuild> CheckOutAsync(string repository, string revision, CancellationToken cancellation)
    {
        var hash = await ToolProcess.DemandAsync(repository, "git", ["rev-parse", "--verify", "--end-of-options", $"{revision}^{{commit}}"], cancellation);
        var name = await ToolProcess.DemandAsync(repository, "git", ["log", "-1", "--format=%h %s", hash], cancellation);
        var build = new CommitBuild(repository, Directory.CreateTempSubdirectory("antifraud-commit-"), hash, name);
        await ToolProcess.DemandAsync(repository, "git", ["worktree", "add", "--quiet", "--detach", build._folder, hash], cancellation);
        return build;
    }

    /// <summary>Builds the benchmarks.</summary>
    /// <returns>The first errors; empty: it is built.</returns>
    public Task<string> BuildBenchmarksAsync(CancellationToken cancellation) => BuildAsync($"{BenchFolder}/{Benchmarks}", cancellation);

    /// <summary>Builds the load program.</summary>
    /// <returns>The first errors; empty: it is built.</returns>
    public Task<string> BuildLoadAsync(CancellationToken cancellation) => BuildAsync($"{BenchFolder}/KekeStar.Antifraud.Load", cancellation);

    /// <summary>Builds the service.</summary>
    /// <returns>The first errors; empty: it is built.</returns>
    public Task<string> BuildServiceAsync(CancellationToken cancellation) => BuildAsync("src/KekeStar.Antifraud.Cli", cancellation);

    /// <summary>Puts another commit's benches in the place of its own, so that both are measured by the same code.</summary>
    public Task TakeBenchesOfAsync(CommitBuild other, CancellationToken cancellation) => PutBenchesAsync(other.Hash, cancellation);

    /// <summary>Puts its own benches back.</summary>
    public Task TakeOwnBenchesAsync(CancellationToken cancellation) => PutBenchesAsync(Hash, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ToolProcess.RunAsync(_repository, "git", ["worktree", "remove", "--force", _folder], CancellationToken.None);
        _parent.Delete(recursive: true);
    }

    private async Task PutBenchesAsync(string commit, CancellationToken cancellation)
    {
        Directory.Delete(Path.Combine(_folder, BenchFolder), recursive: true);
        await ToolProcess.DemandAsync(_folder, "git", ["checkout", "--quiet", commit, "--", BenchFolder], cancellation);
    }

    private async Task<string> BuildAsync(string project, CancellationToken cancellation)
    {
        // Analysers say nothing of speed; no build process may stay behind and take part in what is measured.
        string[] arguments = ["build", "-c", "Release", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", project];
        var result = await ToolProcess.RunAsync(_folder, "dotnet", arguments, cancellation);
        if (result.ExitCode == 0)
        {
            return string.Empty;
        }

        var errors = result.Output.Split('\n').Where(static line => line.Contains("error", StringComparison.Ordinal)).Select(static line => line.Trim()).Distinct(StringComparer.Ordinal);
        return string.Join(Environment.NewLine, errors.Take(ErrorsShown).DefaultIfEmpty(result.Errors));
    }

    private string Assembly(string project, string file) => Path.Combine(_folder, "artifacts", "bin", project, "release", file);
}
