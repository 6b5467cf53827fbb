using System.Text;
using System.Text.RegularExpressions;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Service.Inventory;

namespace KekeStar.Antifraud.Tests;

/// <summary>What must hold for every file of the repository.</summary>
public sealed partial class RepositoryTests
{
    private const int TimeoutMilliseconds = 10_000;

    private static readonly string[] TextExtensions =
        [".cs", ".csproj", ".props", ".sln", ".json", ".jsonl", ".md", ".proto", ".py", ".sh", ".tsv", ".txt", ".yml", ".yaml", ".config", ".html", ".xml", ".css", ".js", ".razor", ".conf", ".service", ""];

    private static readonly string[] Folders = [".ci", "bench", "docs", "ops", "proto", "src", "tests"];

    [Fact]
    public void Nothing_claims_that_a_keyed_hash_hides_whose_it_is()
    {
        var claims = TextFiles()
            .Where(static file => !file.Path.EndsWith($"{nameof(RepositoryTests)}.cs", StringComparison.Ordinal))
            .Where(static file => Claim().IsMatch(TechnicalNames().Replace(file.Text, "")))
            .Select(static file => file.Path);

        Assert.Empty(claims);
    }

    [Fact]
    public void What_the_service_shows_calls_a_keyed_hash_pseudonymised()
    {
        var english = Encoding.UTF8.GetString(InventoryPage.Write(InventoryLanguage.English));
        var chinese = Encoding.UTF8.GetString(InventoryPage.Write(InventoryLanguage.Chinese));
        var json = Encoding.UTF8.GetString(InventoryJson.Write());

        Assert.All((string[])[english, chinese, json], shown => Assert.DoesNotMatch(Claim(), shown));
        Assert.Contains("pseudonymised", english, StringComparison.Ordinal);
        Assert.Contains("去标识化", chinese, StringComparison.Ordinal);
        Assert.Contains("pseudonym", json, StringComparison.Ordinal);
        Assert.Contains("去标识化", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md", "pseudonymised")]
    [InlineData("README.zh-CN.md", "去标识化")]
    [InlineData("docs/data-inventory.md", "pseudonymised")]
    [InlineData("docs/data-inventory.zh-CN.md", "去标识化")]
    public void The_documents_for_users_use_the_right_word(string document, string word) =>
        Assert.Contains(word, File.ReadAllText(RepositoryFiles.PathOf(document)), StringComparison.Ordinal);

    [Theory]
    [InlineData("The data is Anonymous.", true)]
    [InlineData("anonymised", true)]
    [InlineData("数据已匿名化", true)]
    [InlineData("endpoints.AllowAnonymous()", false)]
    [InlineData("pseudonymised", false)]
    [InlineData("去标识化", false)]
    public void The_word_check_finds_what_it_should(string text, bool isClaim) => Assert.Equal(isClaim, Claim().IsMatch(TechnicalNames().Replace(text, "")));

    [Fact]
    public void No_file_names_a_folder_of_the_machine_that_it_was_written_on()
    {
        var places = TextFiles().SelectMany(static file => MachineFolder().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}"));

        Assert.Empty(places);
    }

    [Fact]
    public void No_file_names_a_source_of_packages_but_the_public_one()
    {
        var sources = TextFiles()
            .Where(static file => PackageFile().IsMatch(file.Path))
            .SelectMany(static file => Host().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}"))
            .Where(static source => !source.EndsWith("//api.nuget.org", StringComparison.Ordinal));

        Assert.Empty(sources);
    }

    [Fact]
    public void Every_project_locks_its_packages()
    {
        var projects = Files().Where(static path => path.EndsWith(".csproj", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(projects);
        Assert.All(projects, static project => Assert.True(
            File.Exists(RepositoryFiles.PathOf(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json"))), project));
    }

    [Fact]
    public void Every_link_and_every_path_in_the_documents_leads_somewhere()
    {
        var dead = new List<string>();
        foreach (var (path, text) in TextFiles().Where(static file => file.Path.EndsWith(".md", StringComparison.Ordinal)))
        {
            var folder = Path.GetDirectoryName(path)!;
            dead.AddRange(Link().Matches(text)
                .Select(static match => match.Groups["path"].Value)
                .Where(target => !IsAlive(path, folder, target))
                .Select(target => $"{path}: {target}"));
            dead.AddRange(QuotedPath().Matches(text)
                .Select(static match => match.Groups["path"].Value)
                .Where(static target => !Exists(target))
                .Select(target => $"{path}: {target}"));
        }

        Assert.Empty(dead);
    }

    private static bool IsAlive(string document, string folder, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal))
        {
            return true;
        }

        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0 ? document : Path.Combine(folder, parts[0]);
        return Exists(file) && (parts.Length == 1 || Headings(file).Contains(parts[1], StringComparer.Ordinal));
    }

    private static bool Exists(string relative) => Path.Exists(RepositoryFiles.PathOf(relative));

    // The anchors that GitHub gives headings: lower case, blanks become '-', other marks go.
    private static IEnumerable<string> Headings(string document) => File.ReadLines(RepositoryFiles.PathOf(document))
        .Where(static line => line.StartsWith('#'))
        .Select(static line => NotInAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static IEnumerable<(string Path, string Text)> TextFiles() => Files()
        .Where(static path => TextExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        .Select(static path => (path, File.ReadAllText(RepositoryFiles.PathOf(path))));

    private static IEnumerable<string> Files()
    {
        var root = RepositoryFiles.PathOf("");
        var files = Folders
            .Select(folder => Path.Combine(root, folder))
            .Where(Directory.Exists)
            .SelectMany(static folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(root));
        return files.Select(path => Path.GetRelativePath(root, path)).Where(static path => !BuildOutput().IsMatch(path));
    }

    [GeneratedRegex("anonym|匿名", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Claim();

    // ASP.NET's name for "needs no credentials", and the OAID's own name.
    [GeneratedRegex("AllowAnonymous|Open Anonymous Device Identifier", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex TechnicalNames();

    [GeneratedRegex("(?<![\\w.~/-])/(?:work|root|home|Users|tmp/w)(?![\\w-])", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex MachineFolder();

    [GeneratedRegex("^\\.ci|packages\\.lock\\.json$|\\.csproj$|\\.props$|\\.config$|global\\.json$|\\.npmrc$", RegexOptions.IgnoreCase, TimeoutMilliseconds)]
    private static partial Regex PackageFile();

    [GeneratedRegex("https?://[^/\"'\\s]+", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Host();

    [GeneratedRegex("\\]\\((?<path>[^)\\s]+)\\)", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Link();

    [GeneratedRegex("`(?<path>(\\.ci|docs|ops|proto|src|tests)/[^`*{\\s]*)`", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex QuotedPath();

    [GeneratedRegex("[^\\w\\s-]", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex NotInAnchor();

    // And what others wrote: ECharts.
    [GeneratedRegex("(^|/)(bin|obj|TestResults|__pycache__|BenchmarkDotNet\\.Artifacts)/|/Assets/Files/echarts/", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex BuildOutput();
}
