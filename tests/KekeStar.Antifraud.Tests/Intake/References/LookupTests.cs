using CsCheck;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake.References;

/// <summary>What the tables find, and what they say where they know nothing.</summary>
public sealed class LookupTests
{
    private static readonly ReferenceTables Shipped = ReferenceTables.Embedded;

    [Theory]
    [InlineData("Xiaomi", "xiaomi")]
    [InlineData("  REDMI ", "xiaomi")]
    [InlineData("荣耀", "huawei")]
    [InlineData("HUAWEI Technologies", "huawei")]
    [InlineData("motorola", "lenovo")]
    [InlineData("OnePlus", "oppo")]
    public void A_brand_belongs_to_the_maker_whose_plants_it_shares(string brand, string maker) =>
        Assert.Equal(maker, Shipped.Brands.Makers[Shipped.Brands.Find(TableMaker.Utf8(brand))]);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("no such brand")]
    [InlineData("xiaomi-like")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void An_unknown_brand_has_no_maker(string brand) => Assert.Equal(0, Shipped.Brands.Find(TableMaker.Utf8(brand)));

    [Fact]
    public void A_prefix_of_a_phone_maker_is_found_in_either_case_and_nothing_else_is()
    {
        var table = new OuiTable(TableMaker.File(TableKind.Ouis, TableMaker.Numbers((0x00ABCD, TableMaker.Short(4)), (0xFFFFFE, TableMaker.Short(9)))), "a.table");
        Assert.Equal(4, table.FindMaker("00abcd123456"u8));
        Assert.Equal(4, table.FindMaker("00ABCD123456"u8));
        Assert.Equal(9, table.FindMaker("fffffe000000"u8));
        Assert.Equal(0, table.FindMaker("00abce123456"u8));
        Assert.Equal(0, table.FindMaker("00abcd12345"u8));
        Assert.Equal(0, table.FindMaker("00abcg123456"u8));
    }

    [Fact]
    public void A_type_allocation_code_is_found_by_the_first_eight_digits_with_its_leading_zeros()
    {
        var table = new TacTable(TableMaker.File(TableKind.Tacs, TableMaker.Numbers((1124500, TableMaker.Short(1)), (35226005, TableMaker.Short(2)))), "a.table");
        Assert.Equal(1, table.FindBrand("01124500123456"u8));
        Assert.Equal(2, table.FindBrand("35226005999999"u8));
        Assert.Equal(0, table.FindBrand("11245001234560"u8));
        Assert.Equal(0, table.FindBrand("0112450012345"u8));
        Assert.Equal(0, table.FindBrand("A1124500123456"u8));
    }

    [Theory]
    [InlineData("iPhone14,5", Platform.Ios, 15, false)]
    [InlineData(" IPHONE14,5 ", Platform.Ios, 15, false)]
    [InlineData("SM-S9310", Platform.Android, 15, false)]
    [InlineData("sdk_gphone64_x86_64", Platform.Android, 0, true)]
    [InlineData("Android SDK built for x86", Platform.Android, 0, true)]
    [InlineData("Genymotion Phone", Platform.Android, 0, true)]
    [InlineData("VirtualBox", Platform.Android, 0, true)]
    public void A_model_is_found_by_its_name_or_by_its_makers_form_of_names(string model, Platform platform, int launch, bool isEmulator)
    {
        Assert.True(Shipped.Models.TryFind(TableMaker.Utf8(model), out var facts));
        Assert.Equal((platform, (byte)launch, isEmulator), (facts.Platform, facts.LaunchMajorVersion, facts.IsEmulator));
    }

    [Fact]
    public void A_name_goes_before_a_form_and_the_first_form_that_fits_counts()
    {
        static byte[] Facts(byte launch)
        {
            var value = new byte[ModelFacts.Size];
            new ModelFacts(2, Platform.Android, launch, 0, IsEmulator: false).Write(value);
            return value;
        }

        byte[] payload =
        [
            .. TableMaker.Names(("ab-12x", Facts(1))),
            .. TableMaker.Names(("ab-1#@", Facts(2)), ("ab-*", Facts(3))),
        ];
        var table = new ModelTable(TableMaker.File(TableKind.Models, payload), "a.table");
        Assert.Equal(1, Launch("AB-12X"));
        Assert.Equal(2, Launch("ab-13x"));
        Assert.Equal(3, Launch("ab-1x3"));
        Assert.Equal(3, Launch("ab-"));
        Assert.Equal(-1, Launch("xab-"));

        int Launch(string model) => table.TryFind(TableMaker.Utf8(model), out var facts) ? facts.LaunchMajorVersion : -1;
    }

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*b*c", "axxbxbc", true)]
    [InlineData("a*b*c", "axxbxb", false)]
    [InlineData("#", "a", false)]
    [InlineData("@", "5", false)]
    [InlineData("a", "ab", false)]
    [InlineData("ab", "a", false)]
    [InlineData("*aab", "aaaab", true)]
    public void A_form_stands_for_the_names_that_it_describes(string pattern, string name, bool expected) =>
        Assert.Equal(expected, ModelPattern.Matches(TableMaker.Utf8(pattern), TableMaker.Utf8(name)));

    [Fact]
    public void A_name_of_a_form_begins_as_the_form_may() =>
        Gen.Select(Gen.Char["#@*ab1"].Array[1, 11], Gen.Char["ab15é"].Array[0, 11], Gen.Bool).Sample((pattern, name, isMade) =>
        {
            // Names of the form now and then, or hardly any would be.
            name = isMade ? [.. pattern.Select(static letter => letter switch { '#' => '5', '@' => 'b', '*' => 'a', _ => letter })] : name;
            var (form, text) = (TableMaker.Utf8(new string(pattern)), TableMaker.Utf8(new string(name)));
            var matches = ModelPattern.Matches(form, text);
            Assert.True(!isMade || matches);
            Assert.True(new ModelForm(0, form).MayBegin(ModelForm.BeginningOf(text)) || !matches);
            Assert.True(text.Length == 0 || ModelPattern.MayBegin(form, text[0]) || !matches);
        });

    [Theory]
    [InlineData("460", "00", "CN", 1)]
    [InlineData("460", "01", "CN", 2)]
    [InlineData("460", "11", "CN", 3)]
    [InlineData("460", "15", "CN", 4)]
    [InlineData("262", "01", "DE", 0)]
    public void A_network_has_its_codes_country_and_its_operator(string mcc, string mnc, string country, int family)
    {
        Assert.Equal(country, Shipped.Operators.CountryOf(TableMaker.Utf8(mcc)).ToString());
        Assert.True(Shipped.Operators.IsAssigned(TableMaker.Utf8(mcc), TableMaker.Utf8(mnc)));
        Assert.True(Shipped.Operators.IsAssigned(TableMaker.Utf8(mcc), TableMaker.Utf8("0" + mnc)));
        Assert.Equal(family, Shipped.Operators.OperatorOf(TableMaker.Utf8(mcc), TableMaker.Utf8(mnc)));
    }

    [Theory]
    [InlineData("901")]
    [InlineData("001")]
    [InlineData("999")]
    [InlineData("46")]
    [InlineData("4600")]
    [InlineData("46a")]
    public void A_code_that_is_international_for_tests_or_no_code_has_no_country(string mcc) =>
        Assert.False(Shipped.Operators.CountryOf(TableMaker.Utf8(mcc)).IsKnown);

    [Fact]
    public void The_longest_known_prefix_of_a_card_counts()
    {
        static byte[] Issuer(string country, byte family) => [.. TableMaker.Short(CountryCode.Of(country).Value), family];
        var payload = TableMaker.Numbers([.. new (uint Number, byte[] Value)[]
        {
            (CardIssuerTable.Key(893, 3), Issuer("GR", 0)),
            (CardIssuerTable.Key(8986, 4), Issuer("CN", 0)),
            (CardIssuerTable.Key(898600, 6), Issuer("CN", 1)),
            (CardIssuerTable.Key(89860012, 8), Issuer("CN", 2)),
        }.OrderBy(entry => entry.Number)]);
        var table = new CardIssuerTable(TableMaker.File(TableKind.CardIssuers, payload), "a.table");
        Assert.Equal(("GR", 0), Find("8930123456789012345"));
        Assert.Equal(("CN", 0), Find("8986990000000000000"));
        Assert.Equal(("CN", 1), Find("8986001100000000000"));
        Assert.Equal(("CN", 2), Find("8986001200000000000"));
        Assert.Equal(("CN", 0), Find("8986FA00000000000000"));
        Assert.Equal(("--", -1), Find("8860000000000000000"));
        Assert.Equal(("--", -1), Find(""));

        (string, int) Find(string iccid) =>
            table.TryFind(TableMaker.Utf8(iccid), out var issuer) ? (issuer.Country.ToString(), issuer.Operator) : ("--", -1);
    }

    [Fact]
    public void Every_table_says_where_it_comes_from_when_and_under_which_licence()
    {
        Assert.Equal(Enum.GetValues<TableKind>().Skip(1), Shipped.Headers.Select(header => header.Kind));
        Assert.All(Shipped.Headers, header =>
        {
            Assert.NotEmpty(header.Source);
            Assert.NotEmpty(header.Licence);
            Assert.InRange(header.Date, new DateOnly(2020, 1, 1), new DateOnly(2100, 1, 1));
            Assert.InRange(header.Entries, 1, int.MaxValue);
        });
    }
}
