using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>The docstrings of assemblies as Markdown, from the XML files that their build wrote.</summary>
internal sealed partial class Docstrings
{
    private const int TimeoutMilliseconds = 10_000;

    private readonly Dictionary<string, XElement> _members = [];

    private Docstrings()
    {
    }

    public static Docstrings Load(params Assembly[] assemblies)
    {
        var result = new Docstrings();
        foreach (var assembly in assemblies)
        {
            var file = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"));
            foreach (var member in file.Descendants("member"))
            {
                result._members[member.Attribute("name")!.Value] = member;
            }
        }

        return result;
    }

    /// <summary>The summary of a type.</summary>
    public string Of(Type type) => Text($"T:{type.FullName}");

    /// <summary>Summary, value and remarks of a property.</summary>
    public string Of(PropertyInfo property) => Text($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private string Text(string name) => string.Join(
        ' ', _members[name].Elements().Select(static element => Blanks().Replace(string.Concat(element.Nodes().Select(Markdown)), " ").Trim()));

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value.Replace("|", "\\|", StringComparison.Ordinal),
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{(see.Attribute("cref") ?? see.Attribute("langword"))!.Value.Split('.', ':')[^1]}`",
        XElement element => string.Concat(element.Nodes().Select(Markdown)),
        _ => "",
    };

    [GeneratedRegex("\\s+", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Blanks();
}
