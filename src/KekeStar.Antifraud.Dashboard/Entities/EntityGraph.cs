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

    /// <summary>Nodes that stand where they are put.</summary>
    /// <param name="nodes">The nodes and their places; null: anywhere.</param>
    /// <param name="lines">Keys of the nodes that a line joins.</param>
    /// <param name="texts">The words.</param>
    public static object Option(IReadOnlyList<(GraphNode Node, (double X, double Y)? Place)> nodes, IEnumerable<(string From, string To)> lines, Texts texts)
    {
        var kinds = GraphNode.KindsOf(nodes.Select(static node => node.Node));
        return new
        {
            legend = new { type = "plain", data = kinds.Select(kind => GraphNode.Entry(kind, texts)) },
            tooltip = new { trigger = "item", formatter = "{b}" },
            series = new[]
            {
                new
                {
                    type = "graph",
                    layout = "none",
                    preserveAspect = true,
                    nodeScaleRatio = 0,
                    top = 56,
                    bottom = 28,
                    left = 40,
                    right = 40,
                    categories = kinds.Select(kind => GraphNode.Category(kind, texts)),
                    data = nodes.Select(node => node.Node.Option(node.Place, kinds)),
                    links = lines.Select(static line => new { source = line.From, target = line.To }),
                    lineStyle = new { color = Palette.Variable(Palette.Edge), width = 1, opacity = 0.7 },
                    label = new { show = true, position = "bottom", fontSize = 11, color = Palette.Variable(Palette.Text), formatter = "{b}" },
                    labelLayout = new { hideOverlap = true },
                    emphasis = new { focus = "adjacency" },
                },
            },
        };
    }

    private static object Star(GraphNode centre, List<GraphNode> around, Texts texts)
    {
        var nodes = around.Select((node, index) =>
        {
            var angle = (2 * Math.PI * index / around.Count) - (Math.PI / 2);
            return (node, ((double X, double Y)?)(RadiusX * Math.Cos(angle), RadiusY * Math.Sin(angle)));
        });
        return Option([(centre, (0, 0)), .. nodes], around.Select(node => (centre.Key, node.Key)), texts);
    }
}
