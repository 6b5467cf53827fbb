using System.CommandLine;
using Grpc.Core;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Cli.Connecting;

namespace KekeStar.Antifraud.Cli.Privacy;

/// <summary>The options that every command shares which exercises a right of an account.</summary>
internal sealed class RightsOptions
{
    // An account of 10^4 logs is to be erased within a minute; the other one is for a machine that is busy.
    private const int DeadlineMilliseconds = 120_000;

    private readonly Option<string> _account = new("--account-id")
    {
        Description = "The app's account; - or nothing: the first line of the standard input, which no shell history keeps.",
        DefaultValueFactory = _ => "-",
    };

    private readonly Option<string> _purpose = new("--purpose")
    {
        Description = "What for, for the audit log: account_closed, user_request … 1 to 64 of a-z, 0-9, '_' and '-'.",
        Required = true,
    };

    private readonly Option<bool> _json = new("--json") { Description = "The answer as JSON." };

    private readonly ConnectionOptions _connection;

    /// <summary>Creates the options and adds them to a command.</summary>
    public RightsOptions(Command command)
    {
        _purpose.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } purpose && !AuditSyntax.IsPurpose(purpose))
            {
                result.AddError("--purpose: 1 to 64 characters of a-z, 0-9, '_' and '-' are expected, such as account_closed.");
            }
        });
        command.Add(_account);
        command.Add(_purpose);
        command.Add(_json);
        _connection = new ConnectionOptions(command, DeadlineMilliseconds);
    }

    /// <summary>The purpose that was given.</summary>
    public string Purpose(ParseResult parsed) => parsed.GetRequiredValue(_purpose);

    /// <summary>True if the answer is wanted as JSON.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Reads the account and calls the service.</summary>
    /// <param name="terminal">Where it reads and writes.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="call">The call; gets the account.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> CallAsync(Terminal terminal, ParseResult parsed, Func<ServiceConnection, string, Task> call)
    {
        var account = parsed.GetRequiredValue(_account);
        if (account == "-")
        {
            using var input = new StreamReader(terminal.OpenInput());
            account = (await input.ReadLineAsync())?.Trim() ?? "";
        }

        return account.Length == 0
            ? terminal.Fail(ExitCode.BadInput, "The account is empty.")
            : await CallAsync(terminal, parsed, service => call(service, account));
    }

    /// <summary>Calls the service about no account.</summary>
    public async Task<int> CallAsync(Terminal terminal, ParseResult parsed, Func<ServiceConnection, Task> call)
    {
        using var service = _connection.Open(parsed);
        try
        {
            await PatientWait.UntilAsync(terminal, call(service));
            return ExitCode.Answered;
        }
        catch (RpcException failure)
        {
            return terminal.Fail(RpcOutcome.ExitCodeOf(failure.StatusCode), RpcOutcome.Describe(failure));
        }
    }
}
