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
    /// <summary>The kinds by their place in <see cref="Kinds"/>; what is no entity comes behind them.</summary>
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

    /// <summary>The kinds as ECharts' categories, for the legend.</summary>
    public static object[] Kinds(Texts texts) =>
    [
        .. Looks.Select(look => (object)new { name = EntityWords.KindOf(texts, look.Entity), symbol = look.Symbol, itemStyle = new { color = Palette.Variable(look.Tone) } }),
    ];

    /// <summary>As ECharts wants it.</summary>
    /// <param name="place">Where it stands; null: ECharts finds a place.</param>
    public object Option((double X, double Y)? place)
    {
        var look = Array.FindIndex(Looks, look => look.Entity == Kind);
        var tone = look < 0 ? Palette.Text : Looks[look].Tone;
        return new
        {
            id = Key,
            name = Name,
            category = look < 0 ? null : (object)look,
            symbol = look < 0 ? "circle" : Looks[look].Symbol,
            symbolSize = Size,
            itemStyle = new { color = Palette.Variable(tone) },
            x = place is { } at ? (object)Math.Round(at.X, 1) : null,
            y = place is { } at2 ? (object)Math.Round(at2.Y, 1) : null,
            link = Link,
        };
    }
}
