using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KekeStar.Antifraud.Service.Listening;

/// <summary>Lets in callers whose certificate a trusted authority issued and whose alternative names are on the list.</summary>
internal sealed class CallerCertificates
{
    // id-kp-clientAuth, RFC 5280, 4.2.1.12. A certificate without the extension is good for every use.
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly X509Certificate2Collection _authorities = [];
    private readonly HashSet<string> _allowed;

    /// <summary>Reads the authorities.</summary>
    public CallerCertificates(CallerOptions options)
    {
        _authorities.ImportFromPemFile(options.CertificateAuthorityFile!);
        _allowed = new HashSet<string>(options.AllowedNames, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Who issues the callers' certificates.</summary>
    public X509Certificate2Collection Authorities => _authorities;

    /// <summary>Called during the TLS handshake.</summary>
    public bool IsAllowed(X509Certificate2 certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ClientAuthentication);
        if (presented is not null)
        {
            foreach (var element in presented.ChainElements)
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

        return chain.Build(certificate) && Names(certificate).Any(_allowed.Contains);
    }

    /// <summary>DNS names and URIs among the subject alternative names (RFC 5280, 4.2.1.6).</summary>
    internal static IEnumerable<string> Names(X509Certificate2 certificate)
    {
        const int UniformResourceIdentifier = 6;
        foreach (var extension in certificate.Extensions)
        {
            if (extension is not X509SubjectAlternativeNameExtension names)
            {
                continue;
            }

            foreach (var name in names.EnumerateDnsNames())
            {
                yield return name;
            }

            var sequence = new System.Formats.Asn1.AsnReader(names.RawData, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
            {
                var tag = sequence.PeekTag();
                if (tag.TagClass == System.Formats.Asn1.TagClass.ContextSpecific && tag.TagValue == UniformResourceIdentifier)
                {
                    yield return sequence.ReadCharacterString(System.Formats.Asn1.UniversalTagNumber.IA5String, tag);
                }
                else
                {
                    sequence.ReadEncodedValue();
                }
            }
        }
    }
}
