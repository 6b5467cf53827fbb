using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KekeStar.Antifraud.Scoring.Editing;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Scoring.Loading;

/// <summary>
/// The policies at hand, found by the digits of their hash that a record has; compiled when they are asked for. The one that ships with the
/// service is always there. Not thread safe.
/// </summary>
internal sealed class KnownPolicies
{
    private readonly ModelLibrary _models;
    private readonly List<Policy> _known = [];
    private readonly List<(string Hash, byte[] Text, string Name)> _unread = [];
    private readonly List<string> _faults = [];

    /// <summary>Begins with the policy that ships with the service.</summary>
    /// <param name="models">The models that policies may name; null: the shipped one alone.</param>
    public KnownPolicies(ModelLibrary? models = null)
    {
        _models = models ?? ModelLibrary.Shipped;
        AddText(DefaultPolicy.ReadBytes(), "that ships with the library");
    }

    /// <summary>What is wrong with policies that were asked for, such as that the file of their model is missing, and what is no policy at all.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Adds a policy.</summary>
    /// <param name="text">The file.</param>
    /// <param name="name">What to call it where it is wrong.</param>
    /// <exception cref="PolicyException">It is not sound; the message lists every error.</exception>
    public Policy Add(ReadOnlyMemory<byte> text, string name)
    {
        var result = PolicyLoader.Load(text, _models);
        var policy = result.Policy ?? throw new PolicyException(name, result.Errors);
        if (_known.Find(known => known.Hash == policy.Hash) is { } known)
        {
            return known;
        }

        _known.Add(policy);
        return policy;
    }

    /// <summary>Adds a policy with another live model.</summary>
    /// <param name="text">The policy's file.</param>
    /// <param name="name">What to call it where it is wrong.</param>
    /// <param name="model">The model.</param>
    /// <param name="points">The most that it may add to the score, 1 … <see cref="ModelLimits.MaxPoints"/>.</param>
    /// <exception cref="PolicyException">The policy is not sound, or is not with so many points; the message lists every error.</exception>
    public Policy AddWith(ReadOnlyMemory<byte> text, string name, ScoreModel model, int points)
    {
        Add(text, name);
        _models.Add(model);
        var document = JsonNode.Parse(Json(text).Span)!.AsObject();
        document["model"] = new JsonObject { ["hash"] = model.Hash, ["points"] = points };
        return Add(Encoding.UTF8.GetBytes(document.ToJsonString()), name);
    }

    /// <summary>Adds a policy file, or all of the service's policy directory: its versions, and files beside them.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">A version is not what was published.</exception>
    public void AddPath(string path)
    {
        if (!Directory.Exists(path))
        {
            AddText(File.ReadAllBytes(path), path);
            return;
        }

        for (var number = PolicyFolder.Newest(path); number > 0; number--)
        {
            AddText(Encoding.UTF8.GetBytes(PolicyFolder.ReadVersion(path, number).Text), $"version {number} in {path}");
        }

        foreach (var file in Directory.EnumerateFiles(path, "*.json"))
        {
            AddText(File.ReadAllBytes(file), file);
        }
    }

    /// <summary>Adds a policy's text, to be compiled when it is asked for.</summary>
    /// <param name="text">The file.</param>
    /// <param name="name">What to call it where it is wrong.</param>
    public void AddText(byte[] text, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(Json(text));
            _unread.Add((CanonicalHash.Of(document.RootElement), text, name));
        }
        catch (JsonException fault)
        {
            _faults.Add($"The policy {name} is not JSON: {fault.Message}");
        }
    }

    /// <summary>The policy whose hash begins so; null: it is not at hand, or not sound.</summary>
    public Policy? Find(string hash)
    {
        if (_known.Find(policy => policy.Hash.StartsWith(hash, StringComparison.Ordinal)) is { } known)
        {
            return known;
        }

        var place = _unread.FindIndex(policy => policy.Hash.StartsWith(hash, StringComparison.Ordinal));
        if (place < 0)
        {
            return null;
        }

        var (_, text, name) = _unread[place];
        _unread.RemoveAt(place);
        try
        {
            return Add(text, name);
        }
        catch (PolicyException fault)
        {
            _faults.Add(fault.Message);
            return Find(hash);
        }
    }

    // As the loader reads it: a byte order mark may stand before it.
    private static ReadOnlyMemory<byte> Json(ReadOnlyMemory<byte> text) => text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;
}
