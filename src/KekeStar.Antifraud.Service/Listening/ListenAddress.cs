using System.Net;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Service.Listening;

/// <summary>A parsed listening address.</summary>
/// <param name="EndPoint">Address and port.</param>
/// <param name="IsTls">True for https.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ListenAddress(IPEndPoint EndPoint, bool IsTls)
{
    /// <summary>True if only this machine reaches it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(EndPoint.Address);

    /// <summary>Parses an address that was checked before.</summary>
    public static ListenAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException("Not a listening address.");

    /// <summary>Parses <c>http(s)://address:port</c>; the address is a number, "localhost", or "*" for all.</summary>
    public static bool TryParse(string text, out ListenAddress address)
    {
        address = default;
        if (!Uri.TryCreate(text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.PathAndQuery != "/")
        {
            return false;
        }

        var host = uri.Host.Trim('[', ']');
        if (host == "localhost")
        {
            host = "127.0.0.1";
        }

        if (!IPAddress.TryParse(host, out var ip))
        {
            return false;
        }

        address = new ListenAddress(new IPEndPoint(ip, uri.Port), uri.Scheme == "https");
        return true;
    }
}
