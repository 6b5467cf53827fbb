using System.Text;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Tests.Scoring.Loading;

public sealed class KnownPoliciesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-known-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_shipped_policy_is_always_at_hand()
    {
        var shipped = TestPolicies.Load(TestPolicies.Document());

        Assert.Equal(shipped.Hash, new KnownPolicies().Find(shipped.Hash[..16])!.Hash);
        Assert.Null(new KnownPolicies().Find("0123456789abcdef"));
    }

    [Fact]
    public void Files_of_a_folder_are_found_whatever_their_layout_and_compiled_once()
    {
        var document = TestPolicies.Document();
        document["version"] = "mine";
        var hash = TestPolicies.Load(document).Hash;
        File.WriteAllText(Path.Combine(_folder.FullName, "mine.json"), "\uFEFF" + document.ToJsonString(new() { WriteIndented = true }));
        var known = new KnownPolicies();
        known.AddPath(_folder.FullName);

        Assert.Equal("mine", known.Find(hash[..16])!.Version);
        Assert.Same(known.Find(hash), known.Find(hash[..16]));
        Assert.Same(known.Find(hash), known.Add(Encoding.UTF8.GetBytes(document.ToJsonString()), "again"));
        Assert.Empty(known.Faults);
    }

    [Fact]
    public void What_is_wrong_with_one_that_is_asked_for_is_told_and_with_others_is_not()
    {
        var document = TestPolicies.Document();
        document["model"] = new System.Text.Json.Nodes.JsonObject { ["hash"] = new string('a', 64), ["points"] = 100 };
        using var element = System.Text.Json.JsonDocument.Parse(document.ToJsonString());
        File.WriteAllText(Path.Combine(_folder.FullName, "model.json"), document.ToJsonString());
        var known = new KnownPolicies();
        known.AddPath(_folder.FullName);

        Assert.Null(known.Find("0123456789abcdef"));
        Assert.Empty(known.Faults);
        Assert.Null(known.Find(CanonicalHash.Of(element.RootElement)));
        Assert.Contains("model.json", Assert.Single(known.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_policy_at_all_is_told_at_once()
    {
        var known = new KnownPolicies();
        known.AddText("no JSON"u8.ToArray(), "notes.txt");

        Assert.Contains("notes.txt", Assert.Single(known.Faults), StringComparison.Ordinal);
        Assert.Throws<PolicyException>(() => known.Add("{}"u8.ToArray(), "empty"));
        Assert.Throws<FileNotFoundException>(() => known.AddPath(Path.Combine(_folder.FullName, "missing.json")));
    }
}
