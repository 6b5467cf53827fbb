using System.Text.RegularExpressions;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Hosting;
using KekeStar.Antifraud.Dashboard.SignIn;
using KekeStar.Antifraud.Tests.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>The whole service with its dashboard in this process, on free loopback ports.</summary>
internal sealed partial class DashboardUnderTest : IAsyncDisposable
{
    /// <summary>A password that the rules take.</summary>
    public const string Password = "kites over the harbour 7";

    private const int TimeoutMilliseconds = 1_000;

    private readonly ServiceHost _host;
    private readonly DirectoryInfo _folder;
    private readonly DashboardServer _server;

    private DashboardUnderTest(ServiceHost host, DirectoryInfo folder)
    {
        _host = host;
        _folder = folder;
        _server = host.Services.GetRequiredService<DashboardServer>();
        Address = new Uri(_server.Urls.First());
    }

    public Uri Address { get; }

    public ServiceHost Host => _host;

    public IServiceProvider Services => _server.Services;

    public RecordingLog Log => _host.Log;

    /// <summary>Its own directory.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The accounts.</summary>
    public AccountBook Accounts => Services.GetRequiredService<AccountBook>();

    /// <summary>The password that the first start printed.</summary>
    public string FirstPassword => FirstPasswordLine().Match(Log.Lines.Single(static line => line.Contains("First start", StringComparison.Ordinal))).Groups["password"].Value;

    public static Task<DashboardUnderTest> StartAsync(params string[] settings) => StartInAsync(Directory.CreateTempSubdirectory("antifraud-dashboard-"), settings);

    /// <summary>Starts over a folder that may hold accounts already.</summary>
    public static async Task<DashboardUnderTest> StartInAsync(DirectoryInfo folder, params string[] settings)
    {
        var host = await ServiceHost.StartAsync(
            static args => DashboardHost.BuildAsync(args),
            static (WebApplication _) => { },
            [
                "--Antifraud:Dashboard:Listen=http://127.0.0.1:0",
                $"--Antifraud:Dashboard:Directory={folder.FullName}",
                .. settings,
            ]);
        return new DashboardUnderTest(host, folder);
    }

    /// <summary>A browser without cookies that follows nothing by itself.</summary>
    public DashboardVisitor Visitor(Action<SocketsHttpHandler>? configure = null) => new(Address, configure);

    /// <summary>Makes an account with <see cref="Password"/>.</summary>
    public async Task AddAccountAsync(string name, Roles roles)
    {
        Assert.Equal(AccountChange.Done, (await Accounts.AddAsync("test", name, roles, CancellationToken.None)).Change);
        Assert.Equal(AccountChange.Done, await Accounts.SetPasswordAsync(name, Password, CancellationToken.None));
    }

    /// <summary>A visitor who is signed in with an account of a role of its own.</summary>
    public async Task<DashboardVisitor> SignedInAsync(string name, Roles roles)
    {
        await AddAccountAsync(name, roles);
        var visitor = Visitor();
        await visitor.SignInAsync(name, Password);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex("with the password (?<password>\\S+) and", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex FirstPasswordLine();
}
