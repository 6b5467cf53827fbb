using System.Text;

namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>The published versions of the policy, and what came before all of them. Versions never change, so those read last stay in memory.</summary>
internal sealed class PolicyVersions
{
    private readonly string _folder;
    private readonly PolicySource _source;
    private readonly Dictionary<int, PolicyVersion> _kept = [];
    private readonly Queue<int> _order = new();
    private readonly Lock _reading = new();

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder; empty: there is none.</param>
    /// <param name="source">The policy in force.</param>
    public PolicyVersions(string folder, PolicySource source)
    {
        _folder = folder;
        _source = source;
    }

    /// <summary>True if versions that are published here come into force here.</summary>
    public bool MayPublish => _folder.Length > 0 && !_source.IsFile;

    /// <summary>Number of the newest version; 0: none was published.</summary>
    public int Newest => MayPublish ? PolicyFolder.Newest(_folder) : 0;

    /// <summary>How many are in memory; at most <see cref="PolicyEditingLimits.MaxKeptVersions"/>.</summary>
    public int Kept => _kept.Count;

    /// <summary>A version; null: there is none.</summary>
    public PolicyVersion? Find(int number)
    {
        if (number < 1 || number > Newest)
        {
            return null;
        }

        lock (_reading)
        {
            if (_kept.TryGetValue(number, out var version))
            {
                return version;
            }

            try
            {
                version = PolicyFolder.ReadVersion(_folder, number);
            }
            catch (FileNotFoundException)
            {
                return null;
            }

            if (_order.Count == PolicyEditingLimits.MaxKeptVersions)
            {
                _kept.Remove(_order.Dequeue());
            }

            _kept.Add(number, version);
            _order.Enqueue(number);
            return version;
        }
    }

    /// <summary>Versions, newest first.</summary>
    /// <param name="below">Only such with smaller numbers.</param>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<PolicyVersion> List(int below, int most) =>
        [.. Enumerable.Range(1, Math.Max(0, Math.Min(Newest, below - 1))).Reverse().Select(Find).OfType<PolicyVersion>().Take(most)];

    /// <summary>The text of a version as it was published; 0: of the policy that came before all versions. Null: there is none.</summary>
    /// <remarks>Where a file is in force, it is what drafts begin from.</remarks>
    public string? PublishedTextOf(int number) => number != 0
        ? Find(number)?.Text
        : Encoding.UTF8.GetString(_source.IsFile ? _source.CurrentBytes.Span : DefaultPolicy.ReadBytes());

    /// <summary>The same in the layout of documents.</summary>
    public string? TextOf(int number)
    {
        var text = PublishedTextOf(number);
        return text is null ? null : PolicyDocument.TryParse(text)?.Text ?? text;
    }

    /// <summary>Puts a version on disk and in force here.</summary>
    /// <exception cref="IOException">It cannot be written, or there is one of that number.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Publish(PolicyVersion version)
    {
        PolicyFolder.Write(_folder, version);
        _source.Look();
    }
}
