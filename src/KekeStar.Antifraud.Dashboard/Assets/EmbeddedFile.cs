using System.Text;

namespace KekeStar.Antifraud.Dashboard.Assets;

/// <summary>Files inside this library.</summary>
internal static class EmbeddedFile
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = typeof(EmbeddedFile).Assembly.GetManifestResourceNames();

    /// <summary>A file's bytes.</summary>
    public static byte[] Bytes(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"This library holds no file '{name}'.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A file as text.</summary>
    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));
}
