using System.Text.RegularExpressions;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Archiving;
using KekeStar.Antifraud.Dashboard.Decisions;
using KekeStar.Antifraud.Dashboard.Gangs;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Lists;
using KekeStar.Antifraud.Dashboard.Shell;
using KekeStar.Antifraud.Dashboard.SignIn;
using Microsoft.AspNetCore.Http;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>The dashboard's words: both languages whole, and every key that pages ask for there.</summary>
public sealed partial class TextsTests
{
    private const int TimeoutMilliseconds = 5_000;

    [Fact]
    public void Both_languages_have_the_same_keys_and_no_empty_text()
    {
        Assert.Equal(Texts.KeysOf("en").Order(StringComparer.Ordinal), Texts.KeysOf("zh-CN").Order(StringComparer.Ordinal));
        foreach (var language in LanguageChoice.All)
        {
            Assert.DoesNotContain(Texts.KeysOf(language), key => string.IsNullOrWhiteSpace(Texts.Find(language, key)));
        }
    }

    [Fact]
    public void Both_languages_have_places_for_the_same_values()
    {
        var different = Texts.KeysOf("en").Where(static key => !Places(Texts.Find("en", key)).SequenceEqual(Places(Texts.Find("zh-CN", key)), StringComparer.Ordinal));
        Assert.Empty(different);
    }

    [Fact]
    public void Every_Chinese_text_is_Chinese_unless_it_is_a_name()
    {
        string[] names = ["Kind.", "StoreKind.Redis"];
        var foreign = Texts.KeysOf("zh-CN").Where(key => !Array.Exists(names, name => key.StartsWith(name, StringComparison.Ordinal))
            && !Texts.Find("zh-CN", key).Any(static character => character is >= '\u4e00' and <= '\u9fff'));
        Assert.Empty(foreign);
    }

    [Fact]
    public void Every_key_that_pages_ask_for_is_there()
    {
        var keys = Texts.KeysOf("en").ToHashSet(StringComparer.Ordinal);
        string[] folders = ["src/KekeStar.Antifraud.Dashboard", "src/KekeStar.Antifraud.Cli/Explaining"];
        var asked = folders.SelectMany(static folder => Directory.EnumerateFiles(RepositoryFiles.PathOf(folder), "*.*", SearchOption.AllDirectories))
            .Where(static file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(static file => Asked().Matches(File.ReadAllText(file)).Select(static match => match.Groups["key"].Value))
            .ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(asked);
        Assert.DoesNotContain(asked, key => !keys.Contains(key));
    }

    [Fact]
    public void Every_member_that_is_shown_has_a_text()
    {
        string[] wanted =
        [
            .. RoleName.AllOf(Roles.All).Select(static role => $"Role.{role}"),
            .. KekeStar.Antifraud.Features.FeatureCatalogue.All.ToArray().Select(static feature => $"FeatureUnit.{feature.Unit}"),
            .. ListKinds.Names.Select(static kind => $"Kind.{kind}"),
            .. LookupDesk.Kinds.Select(static kind => $"Kind.{kind}"),
            .. LookupDesk.Purposes.Select(static purpose => $"Purpose.{purpose}"),
            .. TimeRange.Names.Append(TimeRange.Custom).Select(static range => $"Range.{range}"),
            .. Names<GangOrder>("GangOrder", ""),
            .. Names<ArchiveStatus>("Archive", "Ok"),
            .. Names<KekeStar.Antifraud.Decision.Counterfactuals.CounterfactualOutcome>("Receipt", "Found"),
            .. Names<KekeStar.Antifraud.Scoring.Risk>("Risk", ""),
            .. Names<V1.ChallengeKind>("Challenge", "Unspecified"),
            .. Names<DeskResult>("Desk", "Done"),
            .. Names<AccountChange>("Change", "Done"),
            .. Names<V1.Verdict>("Verdict", "Unspecified"),
            .. Names<V1.Scene>("Scene", "Unspecified"),
            .. Names<V1.ListKind>("List", "Unspecified"),
            .. Names<V1.KeyEpochRole>("KeyRole", "Unspecified"),
            .. Names<KekeStar.Antifraud.Windows.StoreStatus>("Store", ""),
            .. Names<KekeStar.Antifraud.Service.Stores.StoreKind>("StoreKind", ""),
            .. Names<KekeStar.Antifraud.Audit.AuditFault>("Fault", "None"),
            .. Names<KekeStar.Antifraud.Decision.Labels.LabelScope>("Scope", ""),
            .. Names<KekeStar.Antifraud.Dashboard.Rights.RightsState>("RightsState", ""),
            "RightsLeft." + KekeStar.Antifraud.Rights.RightsLeft.All,
            "RightsLeft." + KekeStar.Antifraud.Rights.RightsLeft.Records,
            "RightsLeft." + KekeStar.Antifraud.Rights.RightsLeft.Lists,
            .. Names<KekeStar.Antifraud.Scoring.Editing.PolicyEdit>("Edit", ""),
            .. Names<KekeStar.Antifraud.Scoring.Editing.PolicyDraftState>("DraftState", ""),
            .. Names<KekeStar.Antifraud.Scoring.Editing.RuleState>("RuleState", ""),
            .. Names<KekeStar.Antifraud.Archive.DryRuns.DryRunState>("DryRunState", ""),
            .. Names<KekeStar.Antifraud.Archive.Feedback.FeedbackMark>("Mark", "None"),
            .. Names<KekeStar.Antifraud.Dashboard.Feedback.FeedbackStatus>("FeedbackStatus", ""),
            .. Names<KekeStar.Antifraud.Features.SharedSignal>("Signal", "None"),
            .. KekeStar.Antifraud.Scoring.Loading.PolicyWords.Risks.Values.Select(static risk => $"Risk.{risk}"),
            .. KekeStar.Antifraud.Dashboard.Overview.OverviewRange.All.Select(static range => range.Text),
            .. KekeStar.Antifraud.Audit.AuditActionName.All.Select(static action => $"Action.{action}"),
            .. Preferences.Themes.Select(static theme => $"App.Theme.{theme}"),
            .. NavigationTree.Groups.Select(static group => group.Text),
            .. NavigationTree.Groups.SelectMany(static group => group.Items).Select(static item => item.Text),
        ];
        Assert.Empty(wanted.Except(Texts.KeysOf("en"), StringComparer.Ordinal));
    }

    [Fact]
    public void Every_page_of_the_navigation_is_in_the_access_table() =>
        Assert.All(NavigationTree.Groups.SelectMany(static group => group.Items), static item => Assert.NotNull(AccessTable.OfRoute(item.Route)));

    [Theory]
    [InlineData(null, null, "en")]
    [InlineData(null, "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN")]
    [InlineData(null, "zh-Hant-TW", "zh-CN")]
    [InlineData(null, "de, en;q=0.5, zh;q=0.7", "zh-CN")]
    [InlineData(null, "zh;q=0, en", "en")]
    [InlineData("en", "zh-CN", "en")]
    [InlineData("zh-CN", "en", "zh-CN")]
    [InlineData("xx", "zh", "zh-CN")]
    public void The_chosen_language_goes_before_the_browsers(string? cookie, string? accepted, string expected)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = accepted;
        if (cookie is not null)
        {
            http.Request.Headers.Cookie = $"{LanguageChoice.Cookie}={cookie}";
        }

        Assert.Equal(expected, LanguageChoice.Of(http.Request));
    }

    private static IEnumerable<string> Names<T>(string prefix, string except)
        where T : struct, Enum => Enum.GetNames<T>().Where(name => name != except).Select(name => $"{prefix}.{name}");

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(static match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    [GeneratedRegex("\\{\\d\\}", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Place();

    [GeneratedRegex("[tT]exts\\[\"(?<key>[A-Za-z0-9_.]+)\"", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Asked();
}
