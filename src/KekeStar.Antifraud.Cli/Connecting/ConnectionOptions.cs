using System.CommandLine;

namespace KekeStar.Antifraud.Cli.Connecting;

/// <summary>The options that every command shares which calls the service.</summary>
internal sealed class ConnectionOptions
{
    /// <summary>Where <c>antifraud serve</c> listens unless it is told otherwise.</summary>
    public const string DefaultAddress = "http://127.0.0.1:5080";

    private readonly Option<string> _address = new("--address")
    {
        Description = "Address of the service; https:// outside this machine.",
        DefaultValueFactory = _ => DefaultAddress,
    };

    private readonly Option<int> _deadline;

    private readonly Option<FileInfo> _authority = new("--ca")
    {
        Description = "PEM file of the authority that signed the service's certificate. Default: those of the system.",
    };

    private readonly Option<FileInfo> _certificate = new("--cert")
    {
        Description = "PEM file of this caller's certificate (mTLS), with --key.",
    };

    private readonly Option<FileInfo> _key = new("--key") { Description = "PEM file of the certificate's private key." };

    private readonly Option<FileInfo> _token = new("--token-file")
    {
        Description = "File that holds the JWT to send. A token as an argument would stand in the process list.",
    };

    /// <summary>Creates the options and adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="deadlineMilliseconds">How long the command waits for one answer unless it is told otherwise.</param>
    public ConnectionOptions(Command command, int deadlineMilliseconds = 5_000)
    {
        _deadline = new Option<int>("--deadline")
        {
            Description = "Longest wait for one answer in milliseconds.",
            DefaultValueFactory = _ => deadlineMilliseconds,
        };
        _address.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out var uri)
                || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            {
                result.AddError("--address: an address such as http://127.0.0.1:5080 or https://host:443 is expected.");
            }
        });
        _deadline.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 1 or > 600_000)
            {
                result.AddError("--deadline: 1 to 600000 milliseconds are allowed.");
            }
        });
        _authority.AcceptExistingOnly();
        _certificate.AcceptExistingOnly();
        _key.AcceptExistingOnly();
        _token.AcceptExistingOnly();
        command.Validators.Add(result =>
        {
            if (result.GetValue(_certificate) is null != result.GetValue(_key) is null)
            {
                result.AddError("--cert and --key belong together.");
            }
        });
        foreach (var option in (Option[])[_address, _deadline, _authority, _certificate, _key, _token])
        {
            command.Add(option);
        }
    }

    /// <summary>Opens the connection that the command line names.</summary>
    public ServiceConnection Open(ParseResult parsed) => ServiceConnection.Open(
        new Uri(parsed.GetRequiredValue(_address)),
        TimeSpan.FromMilliseconds(parsed.GetRequiredValue(_deadline)),
        new ConnectionFiles(
            parsed.GetValue(_authority)?.FullName,
            parsed.GetValue(_certificate)?.FullName,
            parsed.GetValue(_key)?.FullName,
            parsed.GetValue(_token)?.FullName));
}
