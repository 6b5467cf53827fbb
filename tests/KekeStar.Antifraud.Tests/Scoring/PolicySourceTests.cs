using KekeStar.Antifraud.Scoring;
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

    private void Write(System.Text.Json.Nodes.JsonObject document) => File.WriteAllText(_path, document.ToJsonString());

    private PolicySource Source(System.Text.Json.Nodes.JsonObject document)
    {
        Write(document);
        var source = new PolicySource(new PolicyOptions { Path = _path }, _time, NullLogger<PolicySource>.Instance);
        source.Reloaded += (_, reload) => _reloads.Add(reload);
        return source;
    }
}
