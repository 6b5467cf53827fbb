using System.Text.Json.Nodes;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;
using KekeStar.Antifraud.Tests.Audit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Scoring.Editing;

/// <summary>The way of a policy from draft to version, over a real folder and a real audit log.</summary>
public sealed class PolicyWorkbenchTests : IDisposable
{
    private const string Lin = "dashboard:lin";
    private const string Wang = "dashboard:wang";
    private const string Zhao = "dashboard:zhao";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-policy-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero));
    private readonly AuditUnderTest _auditing = new();
    private readonly AuditLog _audit;
    private readonly List<IDisposable> _sources = [];

    public PolicyWorkbenchTests() => _audit = _auditing.Open();

    private string Folder => Path.Combine(_folder.FullName, "policy");

    public void Dispose()
    {
        _sources.ForEach(static source => source.Dispose());
        _audit.Dispose();
        _auditing.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_policy_goes_from_draft_over_a_second_person_into_force_and_into_a_version()
    {
        var (bench, source) = Open();
        var draft = await ProposedAsync(bench, Lin, weight: 300);

        draft = await DoneAsync(bench.ApproveAsync(Wang, draft));
        Assert.Equal(PolicyDraftState.Approved, draft.State);
        Assert.NotEqual(300, WeightOf(source.Current));
        var step = await bench.PublishAsync(Lin, draft);

        Assert.Equal(new PolicyStep(PolicyEdit.Done, null), step);
        Assert.Equal(300, WeightOf(source.Current));
        Assert.Equal("2026-11-27.1", source.Current.Version);
        var version = bench.FindVersion(1)!;
        Assert.Equal((1, draft.Sha256, Wang, Lin, "more points"), (version.Number, version.Sha256, version.Approver, version.Publisher, version.Comment));
        Assert.Equal([Lin], version.Authors);
        Assert.Equal(_time.GetUtcNow(), version.PublishedAt);
        Assert.Empty(bench.Drafts);
    }

    [Fact]
    public async Task Every_step_stands_in_the_audit_log_with_who_and_the_hash()
    {
        var (bench, _) = Open();
        var draft = await ProposedAsync(bench, Lin, weight: 300);
        var rejected = await DoneAsync(bench.RejectAsync(Wang, draft, "too many"));
        var approved = await DoneAsync(bench.ApproveAsync(Zhao, await DoneAsync(bench.ProposeAsync(Lin, rejected))));
        await bench.PublishAsync(Wang, approved);
        await bench.RollBackAsync(Lin, 1, 0, "back");

        var lines = Lines().Where(static line => line.Purpose == "policy").ToList();
        Assert.Equal(
            [
                ("policy_draft", Lin), ("policy_draft", Lin), ("policy_proposed", Lin), ("policy_rejected", Wang), ("policy_proposed", Lin), ("policy_approved", Zhao),
                ("policy_published", Wang), ("policy_published", Lin),
            ],
            lines.Select(static line => (line.Action, line.Caller)));
        Assert.All(lines.Skip(1).Take(6), line => Assert.Equal($"\"{draft.Sha256}\"", line.Details.Values["hash"]));
        Assert.All(lines.Take(7), line => Assert.Equal($"\"{draft.Id}\"", line.Details.Values["draft"]));
        Assert.Equal(["1", "2"], lines.Skip(6).Select(static line => line.Details.Values["version"]), StringComparer.Ordinal);
        Assert.Equal("0", lines[^1].Details.Values["restores"]);
    }

    [Fact]
    public async Task Nobody_approves_what_he_wrote_a_part_of()
    {
        var (bench, _) = Open();
        var draft = await BegunAsync(bench, Lin, weight: 300);
        draft = await DoneAsync(bench.SaveAsync(Wang, draft, With(draft.Text, weight: 310)));
        draft = await DoneAsync(bench.ProposeAsync(Zhao, draft));

        Assert.Equal(PolicyEdit.OwnWork, (await bench.ApproveAsync(Lin, draft)).Edit);
        Assert.Equal(PolicyEdit.OwnWork, (await bench.ApproveAsync(Wang, draft)).Edit);
        await DoneAsync(bench.ApproveAsync(Zhao, draft));
    }

    [Fact]
    public async Task A_change_takes_the_approval_away()
    {
        var (bench, source) = Open();
        var before = source.Current.Hash;
        var approved = await DoneAsync(bench.ApproveAsync(Wang, await ProposedAsync(bench, Lin, weight: 300)));

        var saved = await DoneAsync(bench.SaveAsync(Lin, approved, With(approved.Text, weight: 999)));

        Assert.Equal((PolicyDraftState.Draft, ""), (saved.State, saved.Reviewer));
        Assert.Equal(PolicyEdit.Changed, (await bench.PublishAsync(Lin, approved)).Edit);
        Assert.Equal(PolicyEdit.WrongState, (await bench.PublishAsync(Lin, saved)).Edit);
        Assert.Equal(before, source.Current.Hash);
    }

    [Fact]
    public async Task A_draft_that_does_not_load_is_kept_and_is_not_proposed()
    {
        var (bench, _) = Open();
        var draft = await BegunAsync(bench, Lin, weight: 300);
        var document = PolicyDocument.TryParse(draft.Text)!;
        document.SetRule(0, document.Rules[0] with { When = "device.registrations_5m >= " });

        draft = await DoneAsync(bench.SaveAsync(Lin, draft, document.Text));

        Assert.Equal(PolicyEdit.Invalid, (await bench.ProposeAsync(Lin, draft)).Edit);
        var error = Assert.Single(bench.Check(bench.Find(draft.Id)!.Text).Errors);
        Assert.Equal("rules[0].when", error.Path);
        Assert.True(error.Column > 20, error.ToString());
    }

    [Fact]
    public async Task A_draft_that_changes_nothing_is_not_proposed()
    {
        var (bench, _) = Open();
        var draft = await DoneAsync(bench.BeginAsync(Lin, "nothing"));

        Assert.Equal(PolicyEdit.Unchanged, (await bench.ProposeAsync(Lin, draft)).Edit);
    }

    [Fact]
    public async Task A_draft_from_an_older_version_is_rebased_first_and_takes_both_changes()
    {
        var (bench, source) = Open();
        var slow = await BegunAsync(bench, Zhao, weight: 222, rule: 1);
        var late = await ProposedAsync(bench, Wang, weight: 333, rule: 2);
        await PublishedAsync(bench, weight: 300);

        Assert.Equal(PolicyEdit.Outdated, (await bench.ProposeAsync(Zhao, slow)).Edit);
        Assert.Equal(PolicyEdit.Outdated, (await bench.ApproveAsync(Zhao, late)).Edit);
        var (step, conflicts) = await bench.RebaseAsync(Zhao, slow);

        Assert.Empty(conflicts);
        Assert.Equal((1, PolicyDraftState.Draft), (step.Draft!.BasedOn, step.Draft.State));
        await bench.PublishAsync(Zhao, await DoneAsync(bench.ApproveAsync(Lin, await DoneAsync(bench.ProposeAsync(Zhao, step.Draft)))));
        Assert.Equal((300, 222), (WeightOf(source.Current), WeightOf(source.Current, rule: 1)));
        Assert.Equal("2026-11-27.2", source.Current.Version);
    }

    [Fact]
    public async Task Where_both_changed_the_same_a_rebase_keeps_the_drafts_and_says_where()
    {
        var (bench, _) = Open();
        var draft = await BegunAsync(bench, Zhao, weight: 222);
        await PublishedAsync(bench, weight: 300);

        var (step, conflicts) = await bench.RebaseAsync(Zhao, draft);

        Assert.Equal(["rules[device_registers_5m].weight"], conflicts);
        Assert.Equal(222, WeightOf(TestPolicies.Load(JsonNode.Parse(step.Draft!.Text)!.AsObject())));
    }

    [Fact]
    public async Task Nobody_overwrites_what_he_has_not_seen()
    {
        var (bench, _) = Open();
        var draft = await BegunAsync(bench, Lin, weight: 300);
        await DoneAsync(bench.SaveAsync(Wang, draft, With(draft.Text, weight: 310)));

        Assert.Equal(PolicyEdit.Changed, (await bench.SaveAsync(Lin, draft, With(draft.Text, weight: 320))).Edit);
        Assert.Equal(PolicyEdit.Changed, (await bench.ProposeAsync(Lin, draft)).Edit);
        Assert.Equal(PolicyEdit.Changed, (await bench.RemoveAsync(Lin, draft)).Edit);
    }

    [Fact]
    public async Task An_older_version_comes_back_as_a_new_one_with_the_very_same_content()
    {
        var (bench, source) = Open();
        await PublishedAsync(bench, weight: 300);
        var first = source.Current.Hash;
        await PublishedAsync(bench, weight: 400);

        Assert.Equal(PolicyEdit.Outdated, (await bench.RollBackAsync(Lin, 1, 1, "late")).Edit);
        Assert.Equal(PolicyEdit.BadComment, (await bench.RollBackAsync(Lin, 2, 1, " ")).Edit);
        Assert.Equal(PolicyEdit.NotFound, (await bench.RollBackAsync(Lin, 2, 7, "none")).Edit);
        Assert.Equal(PolicyEdit.Unchanged, (await bench.RollBackAsync(Lin, 2, 2, "same")).Edit);
        Assert.Equal(PolicyEdit.Done, (await bench.RollBackAsync(Lin, 2, 1, "too strict")).Edit);

        Assert.Equal(first, source.Current.Hash);
        var version = bench.FindVersion(3)!;
        Assert.Equal((1, "too strict", Lin), (version.Restores, version.Comment, version.Publisher));
        Assert.Equal(bench.FindVersion(1)!.Text, version.Text);
        Assert.Equal([3, 2, 1], bench.Versions().Select(static one => one.Number));

        Assert.Equal(PolicyEdit.Done, (await bench.RollBackAsync(Lin, 3, 0, "to what was shipped")).Edit);
        Assert.Equal(TestPolicies.Load(TestPolicies.Document()).Hash, source.Current.Hash);
    }

    [Fact]
    public async Task Another_instance_over_the_same_folder_takes_the_version_up_within_its_interval()
    {
        var (bench, _) = Open();
        var (_, other) = Open();
        await PublishedAsync(bench, weight: 300);
        Assert.NotEqual(300, WeightOf(other.Current));

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(300, WeightOf(other.Current));
        Assert.Equal(300, WeightOf(Open().Source.Current));
    }

    [Fact]
    public async Task A_version_on_its_way_to_the_disk_is_not_there()
    {
        var (bench, source) = Open();
        await PublishedAsync(bench, weight: 300);
        var versions = Path.Combine(Folder, "versions");
        var whole = File.ReadAllText(Path.Combine(versions, "00001.json"));
        File.WriteAllText(Path.Combine(versions, $"00002.json.{Guid.NewGuid():N}"), whole[..(whole.Length / 2)]);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, bench.Newest);
        Assert.Equal(300, WeightOf(source.Current));
        Assert.Equal(["00001.json"], Directory.GetFiles(versions, "*.json").Select(Path.GetFileName), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_version_that_was_tampered_with_is_not_taken_up_and_stops_a_start()
    {
        var (bench, source) = Open();
        await PublishedAsync(bench, weight: 300);
        var file = Path.Combine(Folder, "versions", "00001.json");
        var forged = JsonNode.Parse(File.ReadAllText(file))!;
        forged["number"] = 2;
        forged["policy"] = With(forged["policy"]!.GetValue<string>(), weight: 1);
        OwnerOnly(Path.Combine(Folder, "versions", "00002.json"), forged.ToJsonString());

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(300, WeightOf(source.Current));
        Assert.Throws<InvalidDataException>(() => Open());
    }

    [Fact]
    public async Task The_version_in_force_is_not_read_again_while_it_is_the_newest()
    {
        var (bench, source) = Open();
        await PublishedAsync(bench, weight: 300);
        var reloads = new List<PolicyReloadResult>();
        source.Reloaded += (_, reload) => reloads.Add(reload.Result);
        var file = Path.Combine(Folder, "versions", "00001.json");
        var whole = File.ReadAllText(file);
        OwnerOnly(file, "nobody reads this");

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(reloads);
        Assert.Equal(300, WeightOf(source.Current));

        OwnerOnly(file, whole);
        await PublishedAsync(bench, weight: 310);
        Assert.Equal([PolicyReloadResult.Applied], reloads);
    }

    [Fact]
    public async Task A_folder_that_is_gone_for_a_while_leaves_its_policy_in_force()
    {
        var (bench, source) = Open();
        await PublishedAsync(bench, weight: 300);
        Directory.Move(Folder, Folder + "-away");

        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(300, WeightOf(source.Current));

        Directory.Move(Folder + "-away", Folder);
        await PublishedAsync(bench, weight: 310);
        Assert.Equal(310, WeightOf(source.Current));
    }

    [Fact]
    public async Task While_the_audit_log_takes_nothing_nothing_is_published()
    {
        var (bench, source) = Open();
        var approved = await DoneAsync(bench.ApproveAsync(Wang, await ProposedAsync(bench, Lin, weight: 300)));
        Directory.Move(_auditing.Directory, _auditing.Directory + "-away");

        Assert.Equal(PolicyEdit.NotWritten, (await bench.PublishAsync(Lin, approved)).Edit);

        Assert.Equal(0, bench.Newest);
        Assert.NotEqual(300, WeightOf(source.Current));
    }

    [Fact]
    public async Task Where_a_file_is_in_force_drafts_begin_from_it_and_nothing_is_published()
    {
        var file = Path.Combine(_folder.FullName, "policy.json");
        var document = TestPolicies.Document();
        document["rules"]![0]!["weight"] = 123;
        File.WriteAllText(file, document.ToJsonString());
        var options = new PolicyOptions { Path = file, Directory = Folder };
        using var source = new PolicySource(options, _time, NullLogger<PolicySource>.Instance);
        var bench = new PolicyWorkbench(options, source, _audit, _time);

        var draft = await BegunAsync(bench, Lin, weight: 300);

        Assert.Equal("123", PolicyDocument.TryParse(bench.TextOf(0)!)!.Rules[0].Weight);
        Assert.Equal(PolicyEdit.Managed, (await bench.ProposeAsync(Lin, draft)).Edit);
        Assert.Equal(PolicyEdit.Managed, (await bench.RollBackAsync(Lin, 0, 0, "why")).Edit);
    }

    [Fact]
    public async Task A_policy_over_the_limit_is_not_saved()
    {
        var (bench, _) = Open();
        var draft = await DoneAsync(bench.BeginAsync(Lin, "large"));

        Assert.Equal(PolicyEdit.Done, (await bench.SaveAsync(Lin, draft, draft.Text.PadRight(PolicyLimits.MaxFileBytes - 4_096))).Edit);
        Assert.Equal(PolicyEdit.TooLarge, (await bench.SaveAsync(Lin, draft, draft.Text.PadRight(PolicyLimits.MaxFileBytes + 1))).Edit);
    }

    [Fact]
    public async Task There_are_no_more_drafts_than_the_limit_and_no_longer_titles()
    {
        var (bench, _) = Open();
        Assert.Equal(PolicyEdit.BadComment, (await bench.BeginAsync(Lin, "")).Edit);
        Assert.Equal(PolicyEdit.BadComment, (await bench.BeginAsync(Lin, new string('x', PolicyEditingLimits.MaxCommentLength + 1))).Edit);
        for (var i = 0; i < PolicyEditingLimits.MaxDrafts; i++)
        {
            await DoneAsync(bench.BeginAsync(Lin, new string('x', PolicyEditingLimits.MaxCommentLength)));
        }

        Assert.Equal(PolicyEdit.Full, (await bench.BeginAsync(Lin, "one more")).Edit);
        await bench.RemoveAsync(Lin, bench.Drafts[0]);
        await DoneAsync(bench.BeginAsync(Lin, "one more"));
    }

    [Fact]
    public async Task A_change_that_another_instance_is_making_is_waited_for_and_no_longer_than_the_limit()
    {
        var (bench, _) = Open();
        var held = await PolicyFolder.TakeAsync(Folder);
        var waiting = bench.BeginAsync(Lin, "one");
        Assert.False(waiting.IsCompleted);
        held.Dispose();
        await DoneAsync(waiting);

        using var again = await PolicyFolder.TakeAsync(Folder);
        Assert.Equal(PolicyEdit.NotWritten, (await bench.BeginAsync(Lin, "two")).Edit);
    }

    [Theory]
    [InlineData("../versions/00001")]
    [InlineData("0123456789ABCDEF")]
    [InlineData("")]
    public void A_handle_that_is_none_finds_nothing(string id) => Assert.Null(Open().Bench.Find(id));

    private static void OwnerOnly(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static int WeightOf(Policy policy, int rule = 0) => policy.Rules[rule].Weight;

    private static string With(string text, int weight, int rule = 0)
    {
        var document = PolicyDocument.TryParse(text)!;
        document.SetRule(rule, document.Rules[rule] with { Weight = weight.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        return document.Text;
    }

    private static async Task<PolicyDraft> DoneAsync(Task<PolicyStep> step)
    {
        var (edit, draft) = await step;
        Assert.Equal(PolicyEdit.Done, edit);
        return draft!;
    }

    private static async Task<PolicyDraft> BegunAsync(PolicyWorkbench bench, string person, int weight, int rule = 0)
    {
        var draft = await DoneAsync(bench.BeginAsync(person, "more points"));
        return await DoneAsync(bench.SaveAsync(person, draft, With(draft.Text, weight, rule)));
    }

    private static async Task<PolicyDraft> ProposedAsync(PolicyWorkbench bench, string person, int weight, int rule = 0) =>
        await DoneAsync(bench.ProposeAsync(person, await BegunAsync(bench, person, weight, rule)));

    private static async Task PublishedAsync(PolicyWorkbench bench, int weight)
    {
        var approved = await DoneAsync(bench.ApproveAsync(Wang, await ProposedAsync(bench, Lin, weight)));
        Assert.Equal(PolicyEdit.Done, (await bench.PublishAsync(Lin, approved)).Edit);
    }

    private (PolicyWorkbench Bench, PolicySource Source) Open()
    {
        var options = new PolicyOptions { Directory = Folder };
        var source = new PolicySource(options, _time, NullLogger<PolicySource>.Instance);
        _sources.Add(source);
        return (new PolicyWorkbench(options, source, _audit, _time), source);
    }

    private List<AuditLine> Lines() => _auditing.Lines();
}
