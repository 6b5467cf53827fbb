using System.Runtime.Versioning;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Cli.Privacy;

[UnsupportedOSPlatform("windows")]
public sealed class PrivacyCommandTests : IDisposable
{
    private const string Account = "account-4711";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-export-");

    private string OutputFile => Path.Combine(_folder.FullName, "export.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Erase_takes_the_account_from_the_standard_input_and_prints_the_receipt_alone()
    {
        var script = new ScriptedService.Script();
        var terminal = new TestTerminal(Account + "\n");

        Assert.Equal(0, await RunAsync(script, terminal, "erase", "--purpose", "account_closed", "--keep-deny-entry"));

        var request = Assert.IsType<EraseAccountRequest>(Assert.Single(script.Asked));
        Assert.Equal((Account, "account_closed", true), (request.AccountId, request.Purpose, request.KeepDenyEntry));
        Assert.Equal(
            $"""
            Erased 12 records in 9 logs, and 1 list entry; 0 kept.
            receipt {ScriptedService.ReceiptId}
            hash    {ScriptedService.ReceiptHash}

            """,
            terminal.Output);
        Assert.DoesNotContain(Account, terminal.Output + terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_prints_the_reply_as_JSON_and_takes_the_account_as_an_argument_too()
    {
        var script = new ScriptedService.Script();
        var terminal = new TestTerminal();

        Assert.Equal(0, await RunAsync(script, terminal, "erase", "--purpose", "p", "--json", "--account-id", Account));

        var reply = JsonParser.Default.Parse<EraseAccountReply>(terminal.Output);
        Assert.Equal((12ul, ScriptedService.ReceiptId), (reply.RecordsRemoved, reply.ReceiptId));
        Assert.Contains("\"listEntriesKept\": 0", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_wait_says_that_it_waits()
    {
        var terminal = new TestTerminal(Account);
        var script = new ScriptedService.Script
        {
            OnErase = async _ =>
            {
                await Patience.UntilAsync(() => terminal.HasError);
                return new EraseAccountReply();
            },
        };

        Assert.Equal(0, await RunAsync(script, terminal, "erase", "--purpose", "p"));
        Assert.StartsWith("Waiting. ", terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, 2, "told by the service")]
    [InlineData(StatusCode.Unavailable, 3, "The service cannot do it now: told by the service")]
    [InlineData(StatusCode.PermissionDenied, 3, "may not")]
    [InlineData(StatusCode.ResourceExhausted, 3, "told by the service")]
    public async Task A_refused_right_ends_with_2_or_3_and_says_why(StatusCode code, int exitCode, string why)
    {
        var script = new ScriptedService.Script { OnErase = _ => throw ScriptedService.Script.Refuse(code, "told by the service") };
        var terminal = new TestTerminal(Account);

        Assert.Equal(exitCode, await RunAsync(script, terminal, "erase", "--purpose", "p"));
        Assert.Contains(why, terminal.Error, StringComparison.Ordinal);
        Assert.Empty(terminal.Output);
    }

    [Fact]
    public async Task Export_writes_a_file_of_its_owner_alone()
    {
        var script = new ScriptedService.Script { Pieces = ["{\"a\": "u8.ToArray(), "1}"u8.ToArray()] };
        var terminal = new TestTerminal(Account);

        Assert.Equal(0, await RunAsync(script, terminal, "export", "--purpose", "user_request", "--output", OutputFile));

        Assert.Equal("{\"a\": 1}", await File.ReadAllTextAsync(OutputFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(OutputFile));
        Assert.Contains($"receipt {ScriptedService.ReceiptId}", terminal.Output, StringComparison.Ordinal);
        Assert.Equal(Account, Assert.IsType<ExportAccountRequest>(Assert.Single(script.Asked)).AccountId);
    }

    [Fact]
    public async Task Export_to_the_standard_output_gives_the_document_alone_there_wherever_its_pieces_end()
    {
        var document = Encoding.UTF8.GetBytes("{\"purpose_zh\": \"保护账号安全\"}");
        var script = new ScriptedService.Script { Pieces = [.. document.Select(static octet => new[] { octet })] };
        var terminal = new TestTerminal(Account);

        Assert.Equal(0, await RunAsync(script, terminal, "export", "--purpose", "user_request"));

        Assert.Equal(Encoding.UTF8.GetString(document), terminal.Output.TrimEnd());
        Assert.Contains($"receipt {ScriptedService.ReceiptId}", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_asks_nothing_where_the_file_exists_and_leaves_none_where_the_service_fails()
    {
        var script = new ScriptedService.Script { Pieces = ["{"u8.ToArray(), null] };

        Assert.Equal(3, await RunAsync(script, new TestTerminal(Account), "export", "--purpose", "p", "--output", OutputFile));
        Assert.False(File.Exists(OutputFile));
        Assert.Single(script.Asked);

        await File.WriteAllTextAsync(OutputFile, "kept");
        Assert.Equal(2, await RunAsync(script, new TestTerminal(Account), "export", "--purpose", "p", "--output", OutputFile));
        Assert.Equal("kept", await File.ReadAllTextAsync(OutputFile));
        Assert.Single(script.Asked);
    }

    [Fact]
    public async Task Withdraw_sends_each_category_once()
    {
        var script = new ScriptedService.Script();
        var terminal = new TestTerminal(Account);

        Assert.Equal(0, await RunAsync(
            script, terminal, "withdraw", "--purpose", "user_request", "--category", "motion", "--category", "device-identifiers", "--category", "MOTION"));

        var request = Assert.IsType<WithdrawConsentRequest>(Assert.Single(script.Asked));
        Assert.Equal([ConsentCategory.Motion, ConsentCategory.DeviceIdentifiers], request.Categories);
        Assert.Contains("Withdrawn. Removed 1 record in 1 log.", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Correct_sends_the_event_and_the_outcome_and_an_account_unless_there_was_none()
    {
        var script = new ScriptedService.Script();
        var terminal = new TestTerminal(Account);
        string[] correct = ["correct", "--event-id", "e-1", "--outcome", "harassment-confirmed", "--purpose", "wrong_report"];

        Assert.Equal(0, await RunAsync(script, terminal, correct));
        Assert.Contains("Removed 3 records.", terminal.Output, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync(script, terminal, [.. correct, "--no-account"]));
        Assert.Contains("No such outcome was recorded", terminal.Output, StringComparison.Ordinal);

        Assert.Equal(
            [("e-1", Account, Outcome.HarassmentConfirmed), ("e-1", "", Outcome.HarassmentConfirmed)],
            script.Asked.Cast<CorrectOutcomeRequest>().Select(static request => (request.EventId, request.AccountId, request.Outcome)));
    }

    [Fact]
    public async Task Keys_shows_the_epochs_of_the_service()
    {
        var terminal = new TestTerminal();

        Assert.Equal(0, await RunAsync(new ScriptedService.Script(), terminal, "keys"));
        Assert.Matches("│ 1 +│ current +│ 2026-12-12T10:00:00Z +│ 4 +│", terminal.ScreenText);
        Assert.Matches("│ 2 +│ filling +│ +│ 0 +│", terminal.ScreenText);
        Assert.Equal(0, await RunAsync(new ScriptedService.Script(), terminal, "keys", "--json"));
        Assert.Equal(2, JsonParser.Default.Parse<KeyStatus>(terminal.Output).Epochs.Count);
    }

    [Theory]
    [InlineData("erase")]
    [InlineData("erase", "--purpose", "")]
    [InlineData("erase", "--purpose", "Because He Asked")]
    [InlineData("withdraw", "--purpose", "p")]
    [InlineData("withdraw", "--purpose", "p", "--category", "essential")]
    [InlineData("withdraw", "--purpose", "p", "--category", "motion", "--category", "smell")]
    [InlineData("correct", "--purpose", "p", "--event-id", "e", "--outcome", "eaten")]
    [InlineData("correct", "--purpose", "p", "--outcome", "missed")]
    public async Task A_wrong_command_line_ends_with_2_and_asks_nothing(params string[] arguments)
    {
        var script = new ScriptedService.Script();
        var terminal = new TestTerminal(Account);

        Assert.Equal(2, await RunAsync(script, terminal, arguments));
        Assert.NotEmpty(terminal.Error.Trim());
        Assert.Empty(script.Asked);
    }

    [Fact]
    public async Task An_empty_account_ends_with_2() =>
        Assert.Equal(2, await RunAsync(new ScriptedService.Script(), new TestTerminal("\n"), "erase", "--purpose", "p"));

    private static async Task<int> RunAsync(ScriptedService.Script script, TestTerminal terminal, params string[] arguments)
    {
        await using var service = await ScriptedService.StartAsync(script);
        return await terminal.RunAsync(["privacy", .. arguments, "--address", service.Address]);
    }
}
