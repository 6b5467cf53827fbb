using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Shell;

namespace KekeStar.Antifraud.Dashboard.Entities;

/// <summary>A node of a graph of entities.</summary>
/// <param name="Key">Tells it from the other nodes.</param>
/// <param name="Name">What stands at it.</param>
/// <param name="Kind">What it is; null: a decision or a gang.</param>
/// <param name="Link">Where a click leads to; null: nowhere.</param>
/// <param name="Size">Size in pixels.</param>
internal sealed record GraphNode(string Key, string Name, ArchiveEntity? Kind, string? Link, int Size)
{
    // Colour and shape together tell the kinds apart, for whoever does not see all colours.
    private static readonly (ArchiveEntity Entity, Tone Tone, string Symbol)[] Looks =
    [
        (ArchiveEntity.Account, Palette.Accent, "circle"),
        (ArchiveEntity.Device, Palette.Pass, "roundRect"),
        (ArchiveEntity.Ip, Palette.Review, "diamond"),
        (ArchiveEntity.IpPrefix, Palette.Challenge, "diamond"),
        (ArchiveEntity.Bssid, Palette.Reject, "triangle"),
        (ArchiveEntity.Cohort, Palette.Quiet, "rect"),
    ];

    /// <summary>Node of an entity.</summary>
    public static GraphNode Of(ArchiveEntity entity, long id, int size) =>
        new(KeyOf(entity, id), PseudonymText.Short(id), entity, EntityWords.PageOf(entity, id), size);

    /// <summary>Key of an entity's node.</summary>
    public static string KeyOf(ArchiveEntity entity, long id) => $"{ArchiveEntities.Column(entity)}:{PseudonymText.Full(id)}";

    /// <summary>The kinds of some nodes, in the order of the entities.</summary>
    public static IReadOnlyList<ArchiveEntity> KindsOf(IEnumerable<GraphNode> nodes) =>
        [.. nodes.Select(static node => node.Kind).OfType<ArchiveEntity>().Distinct().Order()];

    /// <summary>A kind as an entry of ECharts' legend, with its shape.</summary>
    public static object Entry(ArchiveEntity kind, Texts texts) => new { name = EntityWords.KindOf(texts, kind), icon = Array.Find(Looks, look => look.Entity == kind).Symbol };

    /// <summary>A kind as ECharts' category.</summary>
    public static object Category(ArchiveEntity kind, Texts texts)
    {
        var (_, tone, symbol) = Array.Find(Looks, look => look.Entity == kind);
        return new { name = EntityWords.KindOf(texts, kind), symbol, itemStyle = new { color = Palette.Variable(tone) } };
    }

    /// <summary>As ECharts wants it.</summary>
    /// <param name="place">Where it stands; null: anywhere.</param>
    /// <param name="kinds">The kinds of the graph, in order.</param>
    public object Option((double X, double Y)? place, IReadOnlyList<ArchiveEntity> kinds)
    {
        var look = Array.FindIndex(Looks, look => look.Entity == Kind);
        var category = Kind is { } kind ? kinds.ToList().IndexOf(kind) : -1;
        return new
        {
            id = Key,
            name = Name,
            category = category < 0 ? null : (object)category,
            symbol = look < 0 ? "circle" : Looks[look].Symbol,
            symbolSize = Size,
            itemStyle = new { color = Palette.Variable(look < 0 ? Palette.Text : Looks[look].Tone) },
            x = place is { } across ? (object)Math.Round(across.X, 1) : null,
            y = place is { } down ? (object)Math.Round(down.Y, 1) : null,
            link = Link,
        };
    }
}
