using System.Globalization;
using KekeStar.Antifraud.Dashboard.Decisions;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;
using KekeStar.Antifraud.Tests.Audit;
using KekeStar.Antifraud.Tests.Scoring;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Dashboard.Decisions;

public sealed class DecidingPoliciesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-deciding-");
    private readonly AuditUnderTest _auditing = new();

    public void Dispose()
    {
        _auditing.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_policy_in_force_its_earlier_versions_and_the_shipped_one_are_found_by_their_hash()
    {
        var folder = Path.Combine(_folder.FullName, "policy");
        await (await PolicyFolder.TakeAsync(folder)).DisposeAsync();
        var texts = Enumerable.Range(1, 3).Select(number => Publish(folder, number)).ToList();
        var options = new PolicyOptions { Directory = folder };
        var time = new FakeTimeProvider();
        using var audit = _auditing.Open();
        using var source = new PolicySource(options, time, NullLogger<PolicySource>.Instance);
        var policies = new DecidingPolicies(source, new PolicyWorkbench(options, source, audit, time));

        foreach (var text in texts.Append(TestPolicies.Document().ToJsonString()))
        {
            var policy = TestPolicies.Load(System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject());
            Assert.Equal(policy.Version, policies.Find(policy.Hash[..16])!.Version);
            Assert.Same(policies.Find(policy.Hash), policies.Find(policy.Hash[..16]));
        }

        Assert.Same(source.Current, policies.Find(source.Current.Hash));
        Assert.Null(policies.Find("0123456789abcdef"));

        // A version that is not what was published is as good as none.
        File.WriteAllText(Path.Combine(folder, "versions", "00001.json"), "{}");
        Assert.Null(policies.Find("0123456789abcdef"));
    }

    private static string Publish(string folder, int number)
    {
        var document = TestPolicies.Document();
        document["version"] = string.Create(CultureInfo.InvariantCulture, $"v{number}");
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
        return text;
    }
}
