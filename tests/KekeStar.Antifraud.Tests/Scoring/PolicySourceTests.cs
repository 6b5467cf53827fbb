using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Tests.Scoring.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Scoring;

public sealed class PolicySourceTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly FakeTimeProvider _time = new();
    private readonly List<PolicyReload> _reloads = [];

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Without_a_path_the_shipped_policy_is_in_force()
    {
        using var source = new PolicySource(new PolicyOptions(), _time, NullLogger<PolicySource>.Instance);

        Assert.Equal(TestPolicies.Load(TestPolicies.Document()).Hash, source.Current.Hash);
    }

    [Fact]
    public void A_changed_file_is_in_force_after_two_seconds()
    {
        using var source = Source(Version("1"));
        Write(Version("2"));

        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal("1", source.Current.Version);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("2", source.Current.Version);
        Assert.Equal(PolicyReloadResult.Applied, Assert.Single(_reloads).Result);
    }

    [Fact]
    public void A_file_with_an_error_changes_nothing_and_is_reported_once()
    {
        using var source = Source(Version("1"));
        var before = source.Current;
        var wrong = Version("2");
        wrong["rules"]![5]!["when"] = "no.such_feature > 1";
        Write(wrong);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Same(before, source.Current);
        var reload = Assert.Single(_reloads);
        Assert.Equal(PolicyReloadResult.Rejected, reload.Result);
        Assert.Equal("rules[5].when", Assert.Single(reload.Errors).Path);
        Assert.Same(before, reload.Current);

        Write(Version("3"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("3", source.Current.Version);
    }

    [Fact]
    public void A_version_that_was_refused_for_a_missing_model_is_in_force_soon_after_the_model_came()
    {
        var folder = Directory.CreateTempSubdirectory("antifraud-policy-");
        try
        {
            var models = new ModelLibrary(new ModelOptions { Directory = folder.FullName });
            using var source = Watched(new PolicySource(
                new PolicyOptions { Directory = Path.Combine(folder.FullName, "policy") }, _time, NullLogger<PolicySource>.Instance, models));
            var shipped = source.Current.Hash;
            var model = TestModels.Write(seed: 4);
            Publish(Path.Combine(folder.FullName, "policy"), Naming(ModelLoader.HashOf(model)));

            _time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(shipped, source.Current.Hash);
            Assert.Contains("cannot be read", Assert.Single(Assert.Single(_reloads).Errors).Seen, StringComparison.Ordinal);

            // Half of it is there: another cause, told once as well.
            var path = models.PathOf(ModelLoader.HashOf(model));
            File.WriteAllBytes(path, model[..(model.Length / 2)]);
            _time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal([PolicyReloadResult.Rejected, PolicyReloadResult.Rejected], _reloads.Select(static reload => reload.Result));

            File.WriteAllBytes(path, model);
            _time.Advance(PolicyLimits.RefusalRetry + TimeSpan.FromSeconds(2));
            Assert.Equal("named", source.Current.Version);
            Assert.Equal(PolicyReloadResult.Applied, _reloads[^1].Result);

            // From then on it is the newest, and not read again.
            _time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(3, _reloads.Count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_file_that_vanishes_changes_nothing_and_may_come_back()
    {
        using var source = Source(Version("1"));
        File.Delete(_path);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("1", source.Current.Version);
        Assert.Equal(PolicyReloadResult.Unreadable, Assert.Single(_reloads).Result);

        Write(Version("2"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("2", source.Current.Version);
    }

    [Fact]
    public void A_service_does_not_start_with_a_wrong_policy_and_says_everything_that_is_wrong()
    {
        var wrong = Version("not right");
        wrong["signal_caps"]!["sim"] = 0;
        Write(wrong);

        var e = Assert.Throws<PolicyException>(() => new PolicySource(new PolicyOptions { Path = _path }, _time, NullLogger<PolicySource>.Instance));

        Assert.Contains("2 error(s)", e.Message, StringComparison.Ordinal);
        Assert.Contains("version: saw \"not right\"", e.Message, StringComparison.Ordinal);
        Assert.Contains("signal_caps.sim: saw 0", e.Message, StringComparison.Ordinal);
    }

    private static System.Text.Json.Nodes.JsonObject Version(string version)
    {
        var document = TestPolicies.Document();
        document["version"] = version;
        return document;
    }

    private static System.Text.Json.Nodes.JsonObject Naming(string model)
    {
        var document = Version("named");
        document["shadow_model"] = new System.Text.Json.Nodes.JsonObject { ["hash"] = model, ["points"] = 100 };
        return document;
    }

    private static void Publish(string folder, System.Text.Json.Nodes.JsonObject document)
    {
        Directory.CreateDirectory(Path.Combine(folder, "versions"));
        PolicyFolder.Write(folder, new PolicyVersion
        {
            Number = 1,
            Sha256 = PolicyDraft.HashOf(document.ToJsonString()),
            Authors = ["dashboard:lin"],
            Approver = "dashboard:wang",
            Publisher = "dashboard:lin",
            PublishedAt = DateTimeOffset.UnixEpoch,
            Comment = "a model",
            Text = document.ToJsonString(),
        });
    }

    private void Write(System.Text.Json.Nodes.JsonObject document) => File.WriteAllText(_path, document.ToJsonString());

    private PolicySource Source(System.Text.Json.Nodes.JsonObject document)
    {
        Write(document);
        return Watched(new PolicySource(new PolicyOptions { Path = _path }, _time, NullLogger<PolicySource>.Instance));
    }

    private PolicySource Watched(PolicySource source)
    {
        source.Reloaded += (_, reload) => _reloads.Add(reload);
        return source;
    }
}
