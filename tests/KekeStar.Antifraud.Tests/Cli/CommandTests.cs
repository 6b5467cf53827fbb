using Google.Protobuf;
using Grpc.Core;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Cli;

public class CommandTests
{
    private const string Event = """{"event_id": "e-1", "scene": "SCENE_LOGIN", "account_id": "a-1"}""";

    [Fact]
    public async Task Score_prints_the_reply_as_json_and_asks_for_the_language()
    {
        var script = new ScriptedService.Script();
        await using var service = await ScriptedService.StartAsync(script);
        var terminal = new TestTerminal(Event);

        Assert.Equal(0, await terminal.RunAsync("score", "--json", "--lang", "zh", "--address", service.Address));

        var reply = JsonParser.Default.Parse<ScoreReply>(terminal.Output);
        Assert.Equal(("e-1", Verdict.Pass), (reply.EventId, reply.Verdict));
        Assert.Contains("\"score\": 0", terminal.Output, StringComparison.Ordinal);
        Assert.Equal(ReasonLanguage.SimplifiedChinese, Assert.IsType<ScoreRequest>(Assert.Single(script.Asked)).ReasonLanguage);
    }

    [Fact]
    public async Task Score_prints_a_table()
    {
        await using var service = await ScriptedService.StartAsync(new ScriptedService.Script());
        var terminal = new TestTerminal(Event);

        Assert.Equal(0, await terminal.RunAsync("score", "-", "--address", service.Address));
        Assert.StartsWith("PASS  score 0 / 1000", terminal.ScreenText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_ends_with_2_for_bad_json_and_sends_nothing()
    {
        var script = new ScriptedService.Script();
        await using var service = await ScriptedService.StartAsync(script);
        var terminal = new TestTerminal("{\n  \"scene\": 1.5 }");

        Assert.Equal(2, await terminal.RunAsync("score", "--address", service.Address));
        Assert.Contains("standard input: line 2, column 12: scene: One of", terminal.Error, StringComparison.Ordinal);
        Assert.Empty(script.Asked);
    }

    [Fact]
    public async Task Score_ends_with_2_for_a_missing_file() => Assert.Equal(2, await new TestTerminal().RunAsync("score", "/nonexistent/event.json"));

    [Theory]
    [InlineData(StatusCode.InvalidArgument, 2)]
    [InlineData(StatusCode.Internal, 3)]
    [InlineData(StatusCode.Unauthenticated, 3)]
    [InlineData(StatusCode.DeadlineExceeded, 3)]
    public async Task Score_ends_with_2_for_a_refused_event_and_3_for_a_failed_call(StatusCode code, int exitCode)
    {
        var script = new ScriptedService.Script { OnScore = _ => throw ScriptedService.Script.Refuse(code, "told by the service") };
        await using var service = await ScriptedService.StartAsync(script);
        var terminal = new TestTerminal(Event);

        Assert.Equal(exitCode, await terminal.RunAsync("score", "--address", service.Address));
        Assert.StartsWith("antifraud: ", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_ends_with_3_where_nobody_listens()
    {
        var terminal = new TestTerminal(Event);

        Assert.Equal(3, await terminal.RunAsync("score", "--address", "http://127.0.0.1:1"));
        Assert.Contains("cannot be reached", terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("score", "--lang", "fr")]
    [InlineData("score", "--address", "127.0.0.1:5080")]
    [InlineData("score", "--deadline", "0")]
    [InlineData("score", "--cert", "/etc/hostname")]
    [InlineData("replay")]
    [InlineData("replay", "file", "--sample")]
    [InlineData("replay", "file", "--concurrency", "0")]
    [InlineData("replay", "file", "--speed", "fast")]
    [InlineData("replay", "--sample", "--speed", "2")]
    [InlineData("report", "--event-id", "e", "--outcome", "eaten")]
    [InlineData("list", "add", "--kind", "ip", "--list", "deny", "--for", "100d")]
    [InlineData("no-such-command")]
    public async Task A_wrong_command_line_ends_with_2_and_says_why(params string[] arguments)
    {
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync(arguments));
        Assert.NotEmpty(terminal.Error.Trim());
    }

    [Fact]
    public async Task Report_sends_the_outcome_by_its_short_name()
    {
        var script = new ScriptedService.Script();
        await using var service = await ScriptedService.StartAsync(script);
        var terminal = new TestTerminal();

        var exitCode = await terminal.RunAsync(
            "report", "--event-id", "e", "--account-id", "a", "--outcome", "login-failed", "--address", service.Address);

        Assert.Equal(0, exitCode);
        Assert.Equal("Written to 3 windows.", terminal.Output.Trim());
        var request = Assert.IsType<ReportRequest>(Assert.Single(script.Asked));
        Assert.Equal(("e", "a", Outcome.LoginFailed), (request.EventId, request.AccountId, request.Outcome));
    }

    [Fact]
    public async Task Report_ends_with_3_if_it_was_not_written()
    {
        var script = new ScriptedService.Script { OnReport = _ => new ReportReply { Degraded = { DegradedCause.StoreReadOnly } } };
        await using var service = await ScriptedService.StartAsync(script);
        var terminal = new TestTerminal();

        Assert.Equal(3, await terminal.RunAsync("report", "--event-id", "e", "--outcome", "missed", "--address", service.Address));
        Assert.Contains("STORE_READ_ONLY", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_takes_the_identifier_from_the_standard_input_and_never_prints_it()
    {
        var script = new ScriptedService.Script();
        await using var service = await ScriptedService.StartAsync(script);
        var terminal = new TestTerminal("203.0.113.9\n");
        var before = DateTimeOffset.UtcNow;

        var exitCode = await terminal.RunAsync(
            "list", "add", "--kind", "ip", "--list", "deny", "--for", "12h", "--address", service.Address);

        Assert.Equal(0, exitCode);
        var request = Assert.IsType<PutListEntryRequest>(Assert.Single(script.Asked));
        Assert.Equal(("ip", "203.0.113.9", ListKind.Deny), (request.EntityKind, request.Value, request.List));
        Assert.InRange(request.ExpiresAt.ToDateTimeOffset(), before.AddHours(12).AddSeconds(-1), before.AddHours(13));
        Assert.Contains("0a1b2c3d", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.9", terminal.Output + terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_remove_says_whether_it_removed()
    {
        await using var service = await ScriptedService.StartAsync(new ScriptedService.Script());
        var terminal = new TestTerminal();

        Assert.Equal(0, await terminal.RunAsync("list", "remove", "--kind", "ip", "--value", "203.0.113.9", "--address", service.Address));
        Assert.Equal("Removed.", terminal.Output.Trim());
    }

    [Fact]
    public async Task List_refuses_an_empty_identifier() =>
        Assert.Equal(2, await new TestTerminal("\n").RunAsync("list", "remove", "--kind", "ip"));

    [Fact]
    public async Task Policy_check_lists_the_errors_of_a_bad_file()
    {
        var terminal = new TestTerminal("{}");

        Assert.Equal(2, await terminal.RunAsync("policy", "check", "-"));
        Assert.Contains("version", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_shows_the_features_of_a_prefix_in_chinese()
    {
        var terminal = new TestTerminal();

        Assert.Equal(0, await terminal.RunAsync("policy", "show-features", "captcha.", "--lang", "zh"));
        Assert.Contains("captcha.passed", terminal.ScreenText, StringComparison.Ordinal);
        Assert.Contains("验证码", terminal.ScreenText, StringComparison.Ordinal);
        Assert.DoesNotContain("device.", terminal.ScreenText, StringComparison.Ordinal);
        Assert.Equal(2, await terminal.RunAsync("policy", "show-features", "nothing."));
    }

    [Fact]
    public async Task Serve_passes_unknown_options_on_as_configuration()
    {
        string[]? seen = null;
        using var stop = new CancellationTokenSource();

        await KekeStar.Antifraud.Cli.CommandTree.RunAsync(
            new TestTerminal().Terminal,
            arguments =>
            {
                seen = arguments;
                var application = ScriptedService.Build(new ScriptedService.Script(), ["--urls=http://127.0.0.1:0"]);
                application.Lifetime.ApplicationStarted.Register(application.Lifetime.StopApplication);
                return Task.FromResult(application);
            },
            ["serve", "--Store:Kind=redis", "--Store:Redis:Endpoints:0", "127.0.0.1:6379"],
            stop.Token);

        Assert.Equal(["--Store:Kind=redis", "--Store:Redis:Endpoints:0", "127.0.0.1:6379"], seen!);
    }

    [Fact]
    public async Task Serve_lists_every_wrong_setting_and_ends_with_2()
    {
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync(
            AntifraudHost.BuildAsync, "serve", "--Antifraud:Listen:Grpc=http://0.0.0.0:5080", "--Antifraud:Policy:Path=/nonexistent"));
        Assert.Contains("Antifraud:Listen:Grpc", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("Antifraud:Policy:Path", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_says_what_to_do_where_there_is_no_key_and_ends_with_2()
    {
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync(
            AntifraudHost.BuildAsync, "serve", "--Antifraud:Listen:Grpc=http://127.0.0.1:0", "--Antifraud:Listen:Web="));
        Assert.Contains("Antifraud:Keys:File", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_create_makes_a_file_once()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "keys.json");
            var terminal = new TestTerminal();

            Assert.Equal(0, await terminal.RunAsync("keys", "create", file));
            var made = await File.ReadAllTextAsync(file);
            Assert.Equal(2, await terminal.RunAsync("keys", "create", file));
            Assert.Equal(made, await File.ReadAllTextAsync(file));
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
