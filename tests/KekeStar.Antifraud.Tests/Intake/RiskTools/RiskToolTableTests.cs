using System.Text;
using CsCheck;
using KekeStar.Antifraud.Intake.RiskTools;

namespace KekeStar.Antifraud.Tests.Intake.RiskTools;

public class RiskToolTableTests
{
    [Theory]
    [InlineData("de.robv.android.xposed.installer", RiskToolCategory.HookFramework)]
    [InlineData("org.lsposed.manager", RiskToolCategory.HookFramework)]
    [InlineData("com.topjohnwu.magisk", RiskToolCategory.RootManager)]
    [InlineData("magiskd", RiskToolCategory.RootManager)]
    [InlineData("io.va.exposed", RiskToolCategory.HookFramework | RiskToolCategory.MultiOpen)]
    [InlineData("COM.LBE.Parallel", RiskToolCategory.MultiOpen)]
    [InlineData("com.soft.apk008Tool", RiskToolCategory.DeviceChanger)]
    [InlineData("com.bluestacks.BstCommandProcessor", RiskToolCategory.Emulator)]
    [InlineData("com.xxAssistant:xg_service_v2", RiskToolCategory.AutoClicker)]
    [InlineData("/data/local/tmp/frida-server", RiskToolCategory.HookFramework)]
    [InlineData("com.v2ray.ang", RiskToolCategory.Vpn)]
    [InlineData("com.tencent.mm", RiskToolCategory.None)]
    [InlineData("com.topjohnwu.magis", RiskToolCategory.None)]
    [InlineData("com.topjohnwu.magiskk", RiskToolCategory.None)]
    [InlineData("magiskd/", RiskToolCategory.None)]
    [InlineData("", RiskToolCategory.None)]
    [InlineData(":", RiskToolCategory.None)]
    [InlineData("/", RiskToolCategory.None)]
    public void A_name_gives_its_categories(string name, object expected) =>
        Assert.Equal((ulong)(RiskToolCategory)expected, RiskToolTable.Shipped.Match(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void Every_shipped_name_is_found_in_either_case()
    {
        var tools = RiskToolFile.ReadShipped();
        Assert.InRange(tools.Count, 80, 1000);
        Assert.Equal(tools.Count, RiskToolTable.Shipped.Count);
        foreach (var (name, categories) in tools)
        {
            Assert.Equal((ulong)categories, RiskToolTable.Shipped.Match(Encoding.ASCII.GetBytes(name)));
            Assert.Equal((ulong)categories, RiskToolTable.Shipped.Match(Encoding.ASCII.GetBytes(name.ToUpperInvariant())));
        }
    }

    [Fact]
    public void Every_category_is_used()
    {
        var used = RiskToolFile.ReadShipped().Values.Aggregate((left, right) => left | right);
        Assert.All(Enum.GetValues<RiskToolCategory>(), category => Assert.True(used.HasFlag(category), category.ToString()));
    }

    [Fact]
    public void A_table_finds_exactly_what_a_dictionary_finds() =>
        Gen.Select(Name.Array[0, 60], Name.Array[1, 60]).Sample((listed, asked) =>
        {
            var tools = listed.Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => (RiskToolCategory)(1UL << (name.Length % 18)), StringComparer.Ordinal);
            var table = new RiskToolTable(tools);
            foreach (var name in asked)
            {
                Assert.Equal((ulong)tools.GetValueOrDefault(name), table.Match(Encoding.ASCII.GetBytes(name)));
            }
        });

    [Fact]
    public void No_text_makes_it_throw() =>
        Gen.Byte.Array[0, 300].Sample(text => Assert.Equal(0UL, RiskToolTable.Shipped.Match(text)));

    [Fact]
    public void A_name_longer_than_the_limit_is_not_looked_at()
    {
        var name = new string('a', RiskToolTable.MaxNameLength + 1);
        var table = new RiskToolTable(new Dictionary<string, RiskToolCategory>(StringComparer.Ordinal) { [name] = RiskToolCategory.Vpn });
        Assert.Equal(0UL, table.Match(Encoding.ASCII.GetBytes(name)));
    }

    [Fact]
    public void Every_source_of_a_name_is_described()
    {
        const string Folder = "src/KekeStar.Antifraud/Intake/RiskTools/";
        var described = File.ReadAllText(RepositoryFiles.PathOf(Folder + "README.md"));
        var sources = File.ReadLines(RepositoryFiles.PathOf(Folder + "risk-tools.tsv"))
            .Where(static line => line.Length > 0 && line[0] != '#')
            .Select(static line => line.Split('\t')[3])
            .ToHashSet(StringComparer.Ordinal);

        Assert.Contains("own", sources);
        Assert.All(sources, source => Assert.True(source is "own" or "lists" || described.Contains($"| {source} |", StringComparison.Ordinal), source));
    }

    [Fact]
    public void The_categories_together_are_the_members_of_the_enum() =>
        Assert.Equal(RiskToolCategories.All, Enum.GetValues<RiskToolCategory>().Aggregate((left, right) => left | right));

    [Fact]
    public void A_table_from_a_file_takes_the_place_of_the_shipped_one()
    {
        using var file = new MemoryStream("# head\ncom.example.changer\tdevice_changer,proxy_changer\t改机\town\n"u8.ToArray());

        var table = RiskToolTable.Load(file);

        Assert.Equal(1, table.Count);
        Assert.Equal((ulong)(RiskToolCategory.DeviceChanger | RiskToolCategory.ProxyChanger), table.Match("com.example.changer"u8));
        Assert.Equal(0UL, table.Match("com.topjohnwu.magisk"u8));
        Assert.True(file.CanRead);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but notes\n\n")]
    public void A_table_without_names_is_refused(string text)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Assert.Equal("The table of risk tools is empty.", Assert.Throws<InvalidDataException>(() => RiskToolTable.Load(file)).Message);
    }

    [Theory]
    [InlineData("a.b\tvpn\tnote", "Line 2: 3 columns")]
    [InlineData("a.b\tteapot\tnote\town", "Line 2: teapot")]
    [InlineData("\tvpn\tnote\town", "Line 2: a name")]
    [InlineData("名\tvpn\tnote\town", "Line 2: a name")]
    [InlineData("a.b\tvpn\tnote\town\nA.B\tvpn\tnote\town", "Line 3: a.b is listed twice")]
    public void A_faulty_line_is_named(string lines, string expected)
    {
        using var reader = new StringReader("# head\n" + lines);
        Assert.StartsWith(expected, Assert.Throws<InvalidDataException>(() => RiskToolFile.Read(reader)).Message, StringComparison.Ordinal);
    }

    private static Gen<string> Name => Gen.Char["abc.@_"].Array[1, 4].Select(characters => new string(characters));
}
