using System.Text;

namespace KekeStar.Antifraud.Load.Hpack;

/// <summary>The static table of RFC 7541, appendix A.</summary>
internal static class HpackStaticTable
{
    /// <summary>Index of ":authority".</summary>
    public const int Authority = 1;

    /// <summary>Index of ":method: POST".</summary>
    public const int MethodPost = 3;

    /// <summary>Index of ":path".</summary>
    public const int Path = 4;

    /// <summary>Index of ":scheme: http".</summary>
    public const int SchemeHttp = 6;

    /// <summary>Index of "content-type".</summary>
    public const int ContentType = 31;

    /// <summary>Index of "user-agent".</summary>
    public const int UserAgent = 58;

    // Appendix A in its order, "name" or "name=value".
    private static readonly HeaderField[] Fields = Array.ConvertAll(
        [
            ":authority", ":method=GET", ":method=POST", ":path=/", ":path=/index.html", ":scheme=http", ":scheme=https",
            ":status=200", ":status=204", ":status=206", ":status=304", ":status=400", ":status=404", ":status=500",
            "accept-charset", "accept-encoding=gzip, deflate", "accept-language", "accept-ranges", "accept",
            "access-control-allow-origin", "age", "allow", "authorization", "cache-control", "content-disposition",
            "content-encoding", "content-language", "content-length", "content-location", "content-range", "content-type",
            "cookie", "date", "etag", "expect", "expires", "from", "host", "if-match", "if-modified-since", "if-none-match",
            "if-range", "if-unmodified-since", "last-modified", "link", "location", "max-forwards", "proxy-authenticate",
            "proxy-authorization", "range", "referer", "refresh", "retry-after", "server", "set-cookie",
            "strict-transport-security", "transfer-encoding", "user-agent", "vary", "via", "www-authenticate",
        ],
        static text =>
        {
            int split = text.IndexOf('=', StringComparison.Ordinal);
            return split < 0
                ? new HeaderField(Encoding.ASCII.GetBytes(text), [])
                : new HeaderField(Encoding.ASCII.GetBytes(text[..split]), Encoding.ASCII.GetBytes(text[(split + 1)..]));
        });

    /// <summary>Gets the number of entries; dynamic ones have higher indices.</summary>
    public static int Count => Fields.Length;

    /// <summary>Gets an entry.</summary>
    /// <param name="index">1 to <see cref="Count"/>.</param>
    public static HeaderField At(int index) => Fields[index - 1];
}
