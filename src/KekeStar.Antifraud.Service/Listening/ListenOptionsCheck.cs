namespace KekeStar.Antifraud.Service.Listening;

/// <summary>Holds the listening options against each other: beyond loopback nothing starts without TLS and caller authentication.</summary>
internal static class ListenOptionsCheck
{
    private const string Key = "Antifraud:Listen";

    /// <summary>Every error, each with the key, what was seen and what is allowed.</summary>
    public static IEnumerable<string> Errors(ListenOptions options, bool createsKeys)
    {
        var addresses = new List<ListenAddress>();
        foreach (var (name, text) in new[] { ("Grpc", options.Grpc), ("Web", options.Web) })
        {
            if (text.Length == 0 && name == "Web")
            {
                continue;
            }

            if (!ListenAddress.TryParse(text, out var address))
            {
                yield return $"{Key}:{name} is '{text}'; allowed is http://ADDRESS:PORT or https://ADDRESS:PORT, the address being a number, localhost or *.";
                continue;
            }

            addresses.Add(address);
            if (!address.IsLoopback && !address.IsTls)
            {
                yield return $"{Key}:{name} is '{text}', which others can reach in the clear. Use https, or an address of 127.0.0.0/8 or [::1].";
            }

            if (!address.IsLoopback && options.Callers.Authentication == CallerAuthentication.None)
            {
                yield return $"{Key}:{name} is '{text}', which others can reach, and {Key}:Callers:Authentication is None. Set it to MutualTls or Jwt.";
            }
        }

        if (createsKeys && addresses.Exists(static address => !address.IsLoopback))
        {
            yield return "Antifraud:Keys:CreateIfMissing is true, which is for one machine; the service listens beyond loopback. Make a key file with 'antifraud keys create FILE' and set Antifraud:Keys:File.";
        }

        foreach (var error in CertificateErrors(options, addresses))
        {
            yield return error;
        }

        foreach (var error in CallerErrors(options.Callers, addresses))
        {
            yield return error;
        }
    }

    private static IEnumerable<string> CertificateErrors(ListenOptions options, List<ListenAddress> addresses)
    {
        if (!addresses.Exists(static address => address.IsTls))
        {
            yield break;
        }

        foreach (var (name, file) in new[] { ("CertificateFile", options.CertificateFile), ("PrivateKeyFile", options.PrivateKeyFile) })
        {
            if (string.IsNullOrEmpty(file) || !File.Exists(file))
            {
                yield return $"{Key}:{name} is '{file}', which is no file; https needs a PEM file there.";
            }
        }
    }

    private static IEnumerable<string> CallerErrors(CallerOptions callers, List<ListenAddress> addresses)
    {
        switch (callers.Authentication)
        {
            case CallerAuthentication.MutualTls:
                if (addresses.Exists(static address => !address.IsTls))
                {
                    yield return $"{Key}:Callers:Authentication is MutualTls, which needs https on every address.";
                }

                if (string.IsNullOrEmpty(callers.CertificateAuthorityFile) || !File.Exists(callers.CertificateAuthorityFile))
                {
                    yield return $"{Key}:Callers:CertificateAuthorityFile is '{callers.CertificateAuthorityFile}', which is no file; MutualTls needs a PEM file there.";
                }

                if (callers.AllowedNames.Count == 0)
                {
                    yield return $"{Key}:Callers:AllowedNames is empty, so nobody could call. List the subject alternative names of the callers' certificates.";
                }

                foreach (var name in callers.PrivacyOfficers.Concat(callers.ListEditors).Except(callers.AllowedNames, StringComparer.OrdinalIgnoreCase))
                {
                    yield return $"{Key}:Callers has a privacy officer or list editor '{name}' who is not in AllowedNames, so he could not call. Allowed are names that stand there.";
                }

                break;
            case CallerAuthentication.Jwt:
                if (callers.PrivacyOfficers.Count + callers.ListEditors.Count > 0)
                {
                    yield return $"{Key}:Callers:PrivacyOfficers or ListEditors is set, which are names of certificates; with Jwt a token's scope decides, see PrivacyScope and ListScope.";
                }

                if (!Uri.TryCreate(callers.Authority, UriKind.Absolute, out var issuer)
                    || (issuer.Scheme != Uri.UriSchemeHttps && !(issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback)))
                {
                    yield return $"{Key}:Callers:Authority is '{callers.Authority}'; Jwt needs the issuer's address, https:// (http:// on loopback alone): whoever can alter its keys lets himself in.";
                }

                if (string.IsNullOrEmpty(callers.Audience))
                {
                    yield return $"{Key}:Callers:Audience is empty; Jwt needs the audience that tokens name.";
                }

                break;
            case CallerAuthentication.None:
                break;
            default:
                yield return $"{Key}:Callers:Authentication is '{callers.Authentication}'; allowed are None, MutualTls and Jwt.";
                break;
        }
    }
}
