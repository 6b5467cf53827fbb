namespace KekeStar.Antifraud.Dashboard.Assets;

/// <summary>One file that browsers get.</summary>
/// <param name="Path">Its path below <c>/assets/</c>.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Version">The beginning of its hash: stands in its address, so that a browser may keep it for ever.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Brotli">The same compressed (RFC 7932).</param>
internal sealed record Asset(string Path, string ContentType, string Version, byte[] Bytes, Lazy<byte[]> Brotli)
{
    /// <summary>Its address.</summary>
    public string Address => $"/assets/{Path}?v={Version}";
}
