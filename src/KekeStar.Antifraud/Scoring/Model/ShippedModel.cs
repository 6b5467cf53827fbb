namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>The model that ships inside the library, trained on simulated traffic (docs/model-card.md).</summary>
internal static class ShippedModel
{
    private const string Resource = "KekeStar.Antifraud.Scoring.Model.shipped-model.json";

    private static readonly Lazy<(byte[] Bytes, string Hash)> File = new(static () =>
    {
        // Absent in a build that ships none; then no policy can name it.
        using var stream = typeof(ShippedModel).Assembly.GetManifestResourceStream(Resource);
        var bytes = new byte[stream?.Length ?? 0];
        stream?.ReadExactly(bytes);
        return (bytes, bytes.Length == 0 ? string.Empty : ModelLoader.HashOf(bytes));
    });

    /// <summary>The file.</summary>
    public static ReadOnlyMemory<byte> Bytes => File.Value.Bytes;

    /// <summary>Its SHA-256, 64 hexadecimal digits; empty: this build ships none.</summary>
    public static string Hash => File.Value.Hash;
}
