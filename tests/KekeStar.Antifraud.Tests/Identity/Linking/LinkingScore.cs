using System.Globalization;

namespace KekeStar.Antifraud.Tests.Identity.Linking;

/// <summary>
/// How well devices were told, by pairs of events: precision is the share of the pairs put on one device that are of one
/// device, recall the share of the pairs of one device that were put on one. A wrong pair counts against the groups of both.
/// </summary>
internal sealed class LinkingScore
{
    private readonly Dictionary<ulong, Dictionary<(string Group, int Device), long>> _found = [];
    private readonly Dictionary<(string Group, int Device), long> _true = [];

    public void Add(string group, int device, ulong found)
    {
        if (!_found.TryGetValue(found, out var labels))
        {
            _found.Add(found, labels = []);
        }

        labels[(group, device)] = labels.GetValueOrDefault((group, device)) + 1;
        _true[(group, device)] = _true.GetValueOrDefault((group, device)) + 1;
    }

    /// <summary>The devices that events of a true device were put on, each with how many.</summary>
    public Dictionary<ulong, long> FoundOf(int device) => _found
        .Select(found => (found.Key, Count: found.Value.Where(label => label.Key.Device == device).Sum(static label => label.Value)))
        .Where(static found => found.Count > 0)
        .ToDictionary(static found => found.Key, static found => found.Count);

    /// <summary>Precision and recall of some groups.</summary>
    public (double Precision, double Recall) Of(Func<string, bool> isOf)
    {
        long right = 0, wrong = 0;
        foreach (var labels in _found.Values)
        {
            var all = labels.ToArray();
            for (var i = 0; i < all.Length; i++)
            {
                right += isOf(all[i].Key.Group) ? Pairs(all[i].Value) : 0;
                for (var j = i + 1; j < all.Length; j++)
                {
                    wrong += isOf(all[i].Key.Group) || isOf(all[j].Key.Group) ? all[i].Value * all[j].Value : 0;
                }
            }
        }

        var possible = _true.Where(label => isOf(label.Key.Group)).Sum(static label => Pairs(label.Value));
        return (right + wrong == 0 ? 1 : (double)right / (right + wrong), possible == 0 ? 1 : (double)right / possible);
    }

    /// <summary>One line for each group.</summary>
    public IEnumerable<string> Lines() => _true.Keys.Select(static label => label.Group).Distinct(StringComparer.Ordinal).Select(group =>
    {
        var (precision, recall) = Of(name => string.Equals(name, group, StringComparison.Ordinal));
        var devices = _true.Keys.Count(label => string.Equals(label.Group, group, StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"{group}: {devices} devices, precision {precision:0.00000}, recall {recall:0.0000}");
    });

    private static long Pairs(long count) => count * (count - 1) / 2;
}
