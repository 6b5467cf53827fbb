using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using KekeStar.Antifraud.Dashboard.Shell;

namespace KekeStar.Antifraud.Dashboard.Assets;

/// <summary>The style sheets and scripts of the pages: all of them inside this library, none from outside.</summary>
internal static class AssetBook
{
    private const string Prefix = "assets/";
    private const int VersionDigits = 16;

    private static readonly FrozenDictionary<string, Asset> All = EmbeddedFile.Names
        .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(static name => Read(name[Prefix.Length..], EmbeddedFile.Bytes(name)))
        .Append(Read("palette.css", Encoding.UTF8.GetBytes(Palette.StyleSheet())))
        .ToFrozenDictionary(static asset => asset.Path, StringComparer.Ordinal);

    /// <summary>The asset of a path; null: there is none.</summary>
    public static Asset? Find(string path) => All.GetValueOrDefault(path);

    /// <summary>An asset's address, for a page.</summary>
    public static string AddressOf(string path) => All[path].Address;

    private static Asset Read(string path, byte[] bytes) =>
        new(path, TypeOf(path), Convert.ToHexStringLower(SHA256.HashData(bytes))[..VersionDigits], bytes, new Lazy<byte[]>(() => Compress(bytes)));

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"No media type for '{other}'."),
    };

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(bytes);
        }

        return compressed.ToArray();
    }
}
