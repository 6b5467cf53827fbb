using KekeStar.Antifraud.Service.Listening;

namespace KekeStar.Antifraud.Service.Dashboard;

/// <summary>Holds the dashboard's options against each other: beyond loopback nothing starts without TLS and a sign-in that was chosen.</summary>
internal static class DashboardOptionsCheck
{
    private const string Key = "Antifraud:Dashboard";

    /// <summary>Every error, each with the key, what was seen and what is allowed.</summary>
    public static IEnumerable<string> Errors(DashboardOptions options, ListenOptions listen)
    {
        if (options.Listen.Length == 0)
        {
            yield break;
        }

        if (!ListenAddress.TryParse(options.Listen, out var address))
        {
            yield return $"{Key}:Listen is '{options.Listen}'; allowed is http://ADDRESS:PORT or https://ADDRESS:PORT, the address being a number, localhost or *, or nothing.";
            yield break;
        }

        if (!address.IsLoopback && !address.IsTls)
        {
            yield return $"{Key}:Listen is '{options.Listen}', which others can reach in the clear. Use https, or an address of 127.0.0.0/8 or [::1].";
        }

        if (address.IsTls && !(File.Exists(listen.CertificateFile) && File.Exists(listen.PrivateKeyFile)))
        {
            yield return $"{Key}:Listen is '{options.Listen}', which needs PEM files in Antifraud:Listen:CertificateFile and Antifraud:Listen:PrivateKeyFile.";
        }

        if (options.IdleTimeout > options.SessionLifetime)
        {
            yield return $"{Key}:IdleTimeout is '{options.IdleTimeout}'; allowed is at most {Key}:SessionLifetime, {options.SessionLifetime}.";
        }

        var hasCompany = !string.IsNullOrEmpty(options.OpenIdConnect.Authority);
        if (!(options.Accounts.Enabled ?? address.IsLoopback) && !hasCompany)
        {
            yield return $"{Key}:Listen is '{options.Listen}', and nobody could sign in. Set {Key}:OpenIdConnect, or {Key}:Accounts:Enabled to true.";
        }

        foreach (var error in hasCompany ? CompanyErrors(options.OpenIdConnect) : [])
        {
            yield return error;
        }
    }

    private static IEnumerable<string> CompanyErrors(CompanySignInOptions company)
    {
        const string Group = Key + ":OpenIdConnect";
        if (!Uri.TryCreate(company.Authority, UriKind.Absolute, out var issuer)
            || (issuer.Scheme != Uri.UriSchemeHttps && !(issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback)))
        {
            yield return $"{Group}:Authority is '{company.Authority}'; allowed is the issuer's address, https:// (http:// on loopback alone): whoever can alter its keys lets himself in.";
        }

        if (string.IsNullOrEmpty(company.ClientId))
        {
            yield return $"{Group}:ClientId is empty; set the dashboard's name at the issuer.";
        }

        if (!File.Exists(company.ClientSecretFile))
        {
            yield return $"{Group}:ClientSecretFile is '{company.ClientSecretFile}', which is no file.";
        }

        if (company.RoleClaim.Length == 0)
        {
            yield return $"{Group}:RoleClaim is empty; set the claim that holds roles or groups.";
        }

        if (company.Viewers.Count + company.Analysts.Count + company.PolicyEditors.Count + company.PrivacyOfficers.Count + company.Administrators.Count == 0)
        {
            yield return $"{Group} gives nobody a role. Set Viewers, Analysts, PolicyEditors, PrivacyOfficers or Administrators to values of the claim '{company.RoleClaim}'.";
        }
    }
}
