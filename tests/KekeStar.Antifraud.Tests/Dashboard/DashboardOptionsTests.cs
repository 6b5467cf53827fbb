using KekeStar.Antifraud.Dashboard.Hosting;
using KekeStar.Antifraud.Tests.Service;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>Settings that the dashboard refuses to start with.</summary>
public sealed class DashboardOptionsTests
{
    [Theory]
    [InlineData("Listen=ftp://1", "http://ADDRESS:PORT")]
    [InlineData("Listen=http://0.0.0.0:5082", "Use https")]
    [InlineData("Listen=https://127.0.0.1:5082", "Antifraud:Listen:CertificateFile")]
    [InlineData("IdleTimeout=00:00:10", "00:01:00")]
    [InlineData("SessionLifetime=00:10:00", "at most Antifraud:Dashboard:SessionLifetime")]
    [InlineData("Directory=", "required")]
    [InlineData("Accounts:MaxFailures=0", "between 1 and 100")]
    [InlineData("Accounts:LockOut=00:00:00", "00:00:01")]
    [InlineData("Accounts:Enabled=false", "nobody could sign in")]
    [InlineData("OpenIdConnect:Authority=http://issuer.example", "https://")]
    [InlineData("OpenIdConnect:Authority=https://issuer.example", "ClientId is empty")]
    [InlineData("OpenIdConnect:Authority=https://issuer.example", "ClientSecretFile")]
    [InlineData("OpenIdConnect:Authority=https://issuer.example", "gives nobody a role")]
    public async Task An_error_names_its_key_and_what_is_allowed(string setting, string expected)
    {
        var errors = (await Assert.ThrowsAsync<OptionsValidationException>(() => DashboardHost.BuildAsync(
            $"--Antifraud:Keys:MasterKey={ServiceHost.MasterKey}", "--Antifraud:Store:Kind=Memory", $"--Antifraud:Dashboard:{setting}"))).Failures;

        Assert.Contains(errors, error => error.Contains("Antifraud:Dashboard:" + setting.Split('=')[0].Split(':')[0], StringComparison.Ordinal)
            && error.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Beyond_loopback_accounts_of_its_own_sign_in_only_where_that_was_chosen()
    {
        using var certificates = new TestCertificates();
        var errors = (await Assert.ThrowsAsync<OptionsValidationException>(() => DashboardHost.BuildAsync(
            $"--Antifraud:Keys:MasterKey={ServiceHost.MasterKey}",
            "--Antifraud:Store:Kind=Memory",
            "--Antifraud:Dashboard:Listen=https://0.0.0.0:5082",
            $"--Antifraud:Listen:CertificateFile={certificates.ServerFile}",
            $"--Antifraud:Listen:PrivateKeyFile={certificates.ServerKeyFile}"))).Failures;

        Assert.Contains("Accounts:Enabled to true", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_address_there_is_no_dashboard()
    {
        await using var host = await ServiceHost.StartAsync(static args => DashboardHost.BuildAsync(args), static _ => { }, "--Antifraud:Dashboard:Listen=");
        Assert.Null(host.Services.GetService<DashboardServer>());
    }

    [Fact]
    public async Task The_service_without_the_dashboard_has_none_of_its_middleware()
    {
        await using var host = await ServiceHost.StartAsync();
        using var answer = await host.Web.GetAsync("/sign-in");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Content-Security-Policy"));
    }
}
