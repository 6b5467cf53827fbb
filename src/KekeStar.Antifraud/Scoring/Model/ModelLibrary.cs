using System.Globalization;

namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>
/// The models that policies can name, by hash: the files of a folder, and the one that ships with the library. A file's name is its
/// content's hash, so a model that was read once never changes.
/// </summary>
internal sealed class ModelLibrary
{
    private readonly string _directory;
    private readonly Lock _lock = new();
    private readonly List<ScoreModel> _kept = [];

    /// <summary>Knows the models of a folder.</summary>
    /// <param name="options">Where the folder is; it need not exist.</param>
    public ModelLibrary(ModelOptions options) => _directory = options.Directory;

    /// <summary>The models that ship with the library alone.</summary>
    public static ModelLibrary Shipped { get; } = new(new ModelOptions { Directory = string.Empty });

    /// <summary>Where the file of a model is looked for.</summary>
    public string PathOf(string hash) => Path.Combine(_directory, $"{hash}.json");

    /// <summary>Makes a model known that lies elsewhere.</summary>
    public void Add(ScoreModel model)
    {
        lock (_lock)
        {
            _kept.Add(model);
        }
    }

    /// <summary>Finds a model.</summary>
    /// <param name="hash">SHA-256, 64 hexadecimal digits in lower case, and nothing else: it becomes part of a path.</param>
    /// <returns>The model, or what is wrong.</returns>
    public ModelResult Find(string hash)
    {
        lock (_lock)
        {
            if (_kept.Find(model => string.Equals(model.Hash, hash, StringComparison.Ordinal)) is { } kept)
            {
                return new ModelResult(kept, []);
            }

            var result = Read(hash);
            if (result.Model is { } model)
            {
                _kept.Add(model);
                if (_kept.Count > ModelLimits.MaxKept)
                {
                    _kept.RemoveAt(0);
                }
            }

            return result;
        }
    }

    private static byte[] ReadFile(string path)
    {
        // A file over the limit is read no further than the limit shows.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[(int)Math.Min(stream.Length, ModelLimits.MaxFileBytes + 1)];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : bytes[..length];
    }

    private static ModelResult Wrong(string seen, string allowed) => new(null, [new PolicyError("$", 0, seen, allowed)]);

    private ModelResult Read(string hash)
    {
        if (string.Equals(hash, ShippedModel.Hash, StringComparison.Ordinal))
        {
            return ModelLoader.Load(ShippedModel.Bytes);
        }

        if (_directory.Length == 0)
        {
            return Wrong("a model that does not ship with this build", "the shipped model; others need Antifraud:Models:Directory");
        }

        byte[] bytes;
        try
        {
            bytes = ReadFile(PathOf(hash));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Wrong($"a model whose file {PathOf(hash)} cannot be read ({e.Message})", "the hash of a model file that lies there before the policy names it");
        }

        var found = ModelLoader.HashOf(bytes);
        return bytes.Length > ModelLimits.MaxFileBytes || string.Equals(found, hash, StringComparison.Ordinal)
            ? ModelLoader.Load(bytes)
            : Wrong(string.Create(CultureInfo.InvariantCulture, $"the file {PathOf(hash)}, whose SHA-256 is {found}"), "a file named by its own SHA-256");
    }
}
