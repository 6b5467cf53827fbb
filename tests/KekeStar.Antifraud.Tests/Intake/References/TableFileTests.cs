using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Tests.Intake.References;

/// <summary>A damaged file is refused by name and never read as something else.</summary>
public sealed class TableFileTests
{
    private const string Place = "here/brands.table";
    private static readonly byte[] Sound = TableFile.Format(
        new TableHeader(TableKind.Tacs, new DateOnly(2026, 11, 25), 2, "a source", "a licence, 许可"),
        TableMaker.Numbers((1, TableMaker.Short(1)), (2, TableMaker.Short(2))));

    [Fact]
    public void What_was_written_is_read()
    {
        var file = TableFile.Parse(Sound, TableKind.Tacs, Place);
        Assert.Equal(new TableHeader(TableKind.Tacs, new DateOnly(2026, 11, 25), 2, "a source", "a licence, 许可"), file.Header);
        Assert.Equal(Sound, TableFile.Format(file.Header, file.Payload));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_by_name() =>
        Assert.All(Enumerable.Range(0, Sound.Length), length => AssertRefused(Sound[..length]));

    [Fact]
    public void Any_flipped_bit_is_noticed() => Assert.All(Enumerable.Range(0, Sound.Length * 8), bit =>
    {
        var bytes = (byte[])Sound.Clone();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        AssertRefused(bytes);
    });

    [Fact]
    public void A_file_of_another_table_is_refused() =>
        Assert.Contains("holds the table of Tacs, where that of Ouis", Refusal(Sound, TableKind.Ouis), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_sound_checksum_over_unsound_entries_does_not_help(string what, int kind, byte[] payload)
    {
        var error = Assert.Throws<InvalidDataException>(() =>
        {
            var file = TableMaker.File((TableKind)kind, payload);
            _ = (TableKind)kind switch
            {
                TableKind.Brands => (object)new BrandTable(file, Place),
                TableKind.Tacs => new TacTable(file, Place),
                TableKind.Models => new ModelTable(file, Place),
                TableKind.CardIssuers => new CardIssuerTable(file, Place),
                _ => new OperatorTable(file, Place),
            };
        });
        Assert.StartsWith($"{Place} cannot be used: {what}", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, int, byte[]> Contents() => new()
    {
        { "its last entry is cut short", (int)TableKind.Tacs, [1, 0, 0, 0, 1] },
        { "entry 1 is out of order", (int)TableKind.Tacs, TableMaker.Numbers((2, TableMaker.Short(1)), (1, TableMaker.Short(1))) },
        { "entry 1 is out of order", (int)TableKind.Tacs, TableMaker.Numbers((2, TableMaker.Short(1)), (2, TableMaker.Short(1))) },
        { "its last entry is cut short", (int)TableKind.CardIssuers, TableMaker.Numbers((2, TableMaker.Short(1))) },
        { "the country codes are cut short", (int)TableKind.Operators, new byte[2_999] },
        { "a list of names is cut short", (int)TableKind.Brands, [] },
        { "a list of names is cut short", (int)TableKind.Brands, [255, 255, 255, 255, 0, 0, 0, 0] },
        { "a list of names is cut short", (int)TableKind.Brands, TableMaker.Names(("a", TableMaker.Short(1)))[..^1] },
        { "a list of names is cut short", (int)TableKind.Models, TableMaker.Names() },
        { "name 1 of a list is out of order", (int)TableKind.Brands, TableMaker.Names(("b", TableMaker.Short(1)), ("a", TableMaker.Short(1))) },
        { "name 0 of a list is empty", (int)TableKind.Brands, TableMaker.Names(("", TableMaker.Short(1))) },
        { "a list of names begins elsewhere", (int)TableKind.Brands, [1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 65, 65, 0, 0] },
    };

    private static string Refusal(byte[] bytes, TableKind kind = TableKind.Tacs) =>
        Assert.Throws<InvalidDataException>(() => TableFile.Parse(bytes, kind, Place)).Message;

    private static void AssertRefused(byte[] bytes) => Assert.StartsWith($"{Place} cannot be used: ", Refusal(bytes), StringComparison.Ordinal);
}
