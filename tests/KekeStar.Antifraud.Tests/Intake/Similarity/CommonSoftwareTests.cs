using System.Text;
using CsCheck;
using KekeStar.Antifraud.Intake.RiskTools;
using KekeStar.Antifraud.Intake.Similarity;

namespace KekeStar.Antifraud.Tests.Intake.Similarity;

public sealed class CommonSoftwareTests
{
    private static readonly Gen<string> Name = Gen.String[Gen.Char["ab."], 1, 12].Where(static name => name[^1] != '.');

    [Theory]
    [InlineData("com.tencent.mm")]
    [InlineData("com.eg.android.AlipayGphone")]
    [InlineData("com.android.settings")]
    [InlineData("com.google.android.gms")]
    [InlineData("com.miui.home")]
    [InlineData("com.huawei.appmarket")]
    [InlineData("com.coloros.calculator")]
    [InlineData("com.vivo.browser")]
    [InlineData("com.samsung.android.app.notes")]
    [InlineData("android")]
    [InlineData("android.ext.services")]
    [InlineData("com.unionpay")]
    [InlineData("unknown")]
    [InlineData("微信")]
    [InlineData("/data/local/tmp/frida-server")]
    public void What_nearly_every_phone_carries_or_is_no_package_says_nothing(string name) => Assert.True(IsIgnored(name));

    [Theory]
    [InlineData("com.example.notes")]
    [InlineData("com.tencent.mm2")]
    [InlineData("com.tencent.m")]
    [InlineData("COM.TENCENT.MM")]
    [InlineData("androidx.test")]
    [InlineData("com.androidapp.notes")]
    [InlineData("com.")]
    [InlineData(".")]
    [InlineData("com.微信")]
    public void Anything_else_says_something(string name) => Assert.False(IsIgnored(name));

    [Fact]
    public void Few_risk_tools_have_a_name_that_is_common()
    {
        // Those that hide behind the names of the system or of a maker.
        var common = RiskToolFile.ReadShipped().Keys.Where(static name => name.Contains('.', StringComparison.Ordinal) && IsIgnored(name))
            .Order(StringComparer.Ordinal).ToList();
        Assert.True(common.Count <= 20, string.Join(' ', common));
    }

    [Fact]
    public void A_table_finds_exactly_the_names_and_beginnings_that_it_lists() =>
        Gen.Select(Name.Array[0, 20], Gen.Char["ab"].Array[1, 2].Array[0, 3], Name.Array[1, 40]).Sample(static (names, parts, asked) =>
        {
            string[] beginnings = [.. parts.Select(static letters => string.Concat(letters.Select(static letter => letter + ".")))];
            string[] listed = [.. names.Concat(beginnings).Distinct(StringComparer.Ordinal)];
            var table = new CommonSoftware(listed);
            foreach (var name in asked)
            {
                var expected = !name.Contains('.', StringComparison.Ordinal) || listed.Contains(name, StringComparer.Ordinal) || beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));
                Assert.Equal(expected, table.Ignores(Encoding.ASCII.GetBytes(name)));
            }
        });

    [Theory]
    [InlineData("com.example.a\ncom.example.a", "Line 2: com.example.a is listed twice.")]
    [InlineData("# a comment\n\ncom.exa mple", "Line 3: a name is 1 to 128 ASCII characters.")]
    [InlineData("com.exämple", "Line 1: a name is 1 to 128 ASCII characters.")]
    [InlineData("com.example.app.", "Line 1: a beginning has one or two parts.")]
    public void A_line_that_is_not_of_the_format_is_named(string text, string message)
    {
        using var reader = new StringReader(text);
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => CommonSoftware.Read(reader)).Message);
    }

    private static bool IsIgnored(string name) => CommonSoftware.Shipped.Ignores(Encoding.UTF8.GetBytes(name));
}
