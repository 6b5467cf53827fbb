using System.Globalization;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Scoring.Editing;

public sealed class PolicyVersionsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-versions-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task However_many_versions_are_read_no_more_than_the_limit_stay_in_memory()
    {
        const int Published = PolicyEditingLimits.MaxKeptVersions + 5;
        var folder = Path.Combine(_folder.FullName, "policy");
        await (await PolicyFolder.TakeAsync(folder)).DisposeAsync();
        for (var number = 1; number <= Published; number++)
        {
            var document = TestPolicies.Document();
            document["version"] = number.ToString(CultureInfo.InvariantCulture);
            var text = document.ToJsonString();
            PolicyFolder.Write(folder, new PolicyVersion
            {
                Number = number,
                Sha256 = PolicyDraft.HashOf(text),
                Authors = ["dashboard:lin"],
                Approver = "dashboard:wang",
                Publisher = "dashboard:lin",
                PublishedAt = DateTimeOffset.UnixEpoch,
                Comment = "more",
                Text = text,
            });
        }

        using var source = new PolicySource(new PolicyOptions { Directory = folder }, new FakeTimeProvider(), NullLogger<PolicySource>.Instance);
        var versions = new PolicyVersions(folder, source);

        Assert.Equal(Enumerable.Range(1, Published).Reverse(), versions.List(int.MaxValue, int.MaxValue).Select(static version => version.Number));
        Assert.Equal(PolicyEditingLimits.MaxKeptVersions, versions.Kept);
        Assert.Equal([Published, 1], new[] { Published, 1 }.Select(number => versions.Find(number)!.Number));
        Assert.Equal(PolicyEditingLimits.MaxKeptVersions, versions.Kept);
        Assert.Null(versions.Find(Published + 1));
    }
}
