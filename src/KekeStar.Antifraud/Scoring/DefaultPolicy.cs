namespace KekeStar.Antifraud.Scoring;

/// <summary>The policy that ships inside the library; the same file lies beside it as Scoring/default-policy.json.</summary>
internal static class DefaultPolicy
{
    private const string Resource = "KekeStar.Antifraud.Scoring.default-policy.json";

    /// <summary>The file's bytes.</summary>
    public static byte[] ReadBytes()
    {
        using var stream = typeof(DefaultPolicy).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The library was built without {Resource}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
