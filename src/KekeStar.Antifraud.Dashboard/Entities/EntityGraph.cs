using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Decisions;
using KekeStar.Antifraud.Dashboard.Gangs;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Shell;

namespace KekeStar.Antifraud.Dashboard.Entities;

/// <summary>Graphs of what hangs together, as ECharts' options; a click on a node leads to its page.</summary>
internal static class EntityGraph
{
    /// <summary>Most entities of each kind in the graph of one entity: 8, the busiest; the table beside it has all.</summary>
    public const int ShownOfKind = 8;

    private const int CentreSize = 30;
    private const int EntitySize = 18;

    // Wider than high, as cards are.
    private const double RadiusX = 190;
    private const double RadiusY = 100;

    /// <summary>A decision amid its entities, with the way to its gang.</summary>
    /// <param name="row">The decision.</param>
    /// <param name="own">Its entities.</param>
    /// <param name="texts">The words.</param>
    public static object OfDecision(DecisionRow row, IReadOnlyList<(ArchiveEntity Entity, long Id)> own, Texts texts)
    {
        var centre = new GraphNode("decision", DecisionWords.Verdict(texts, row.Verdict), Kind: null, Link: null, CentreSize);
        var around = own.Select(static entity => GraphNode.Of(entity.Entity, entity.Id, EntitySize)).ToList();
        if (own.FirstOrDefault(static entity => entity.Entity is ArchiveEntity.Device or ArchiveEntity.Account) is { Id: not 0 } member)
        {
            around.Add(new GraphNode("gang", texts["Gang.Open"], Kind: null, GangWords.PageOf(member.Entity, member.Id, row.Time), EntitySize));
        }

        return Star(centre, around, texts);
    }

    /// <summary>An entity amid what it was seen with.</summary>
    /// <param name="entity">What it is.</param>
    /// <param name="id">First 64 bits of its pseudonym.</param>
    /// <param name="links">What it was seen with.</param>
    /// <param name="gang">The way to its gang; null: it can be in none.</param>
    /// <param name="texts">The words.</param>
    public static object OfEntity(ArchiveEntity entity, long id, IReadOnlyList<EntityLink> links, string? gang, Texts texts)
    {
        var centre = GraphNode.Of(entity, id, CentreSize) with { Link = null };
        var around = links
            .GroupBy(static link => link.Entity)
            .SelectMany(static kind => kind.Take(ShownOfKind))
            .Select(static link => GraphNode.Of(link.Entity, link.Id, EntitySize))
            .ToList();
        if (gang is not null)
        {
            around.Add(new GraphNode("gang", texts["Gang.Open"], Kind: null, gang, EntitySize));
        }

        return Star(centre, around, texts);
    }

    /// <summary>The members of a gang and what ties them together.</summary>
    public static object OfGang(GangCluster gang, Texts texts)
    {
        var members = gang.Shared.ToDictionary(static shared => GraphNode.KeyOf(shared.Entity, shared.Id), static shared => shared.Members, StringComparer.Ordinal);
        var nodes = gang.Ties
            .SelectMany(static tie => new[] { (Entity: tie.Member, Id: tie.MemberId), (tie.Entity, tie.Id) })
            .Distinct()
            .Select(found => GraphNode.Of(found.Entity, found.Id, SizeOf(members.GetValueOrDefault(GraphNode.KeyOf(found.Entity, found.Id)))))
            .Select(static node => node.Option(place: null));
        var lines = gang.Ties.Select(static tie => Line(GraphNode.KeyOf(tie.Member, tie.MemberId), GraphNode.KeyOf(tie.Entity, tie.Id)));
        return Graph("force", nodes, lines, texts);
    }

    // What many share stands out.
    private static int SizeOf(int members) => members == 0 ? 12 : Math.Min(16 + (2 * members), 40);

    private static object Star(GraphNode centre, List<GraphNode> around, Texts texts)
    {
        var nodes = around.Select((node, index) =>
        {
            var angle = (2 * Math.PI * index / around.Count) - (Math.PI / 2);
            return node.Option((RadiusX * Math.Cos(angle), RadiusY * Math.Sin(angle)));
        });
        return Graph("none", nodes.Prepend(centre.Option((0, 0))), around.Select(node => Line(centre.Key, node.Key)), texts);
    }

    private static object Line(string source, string target) => new { source, target };

    private static object Graph(string layout, IEnumerable<object> nodes, IEnumerable<object> lines, Texts texts) => new
    {
        legend = new { },
        tooltip = new { trigger = "item", formatter = "{b}" },
        series = new[]
        {
            new
            {
                type = "graph",
                layout,
                top = 44,
                bottom = 30,
                left = 50,
                right = 50,
                categories = GraphNode.Kinds(texts),
                data = nodes,
                links = lines,
                force = new { initLayout = "circular", layoutAnimation = false, repulsion = 90, edgeLength = 46, gravity = 0.12 },
                lineStyle = new { color = Palette.Variable(Palette.Edge), width = 1, opacity = 0.7 },
                label = new { show = true, position = "bottom", fontSize = 11, color = Palette.Variable(Palette.Text), formatter = "{b}" },
                labelLayout = new { hideOverlap = true },
                emphasis = new { focus = "adjacency" },
            },
        },
    };
}
