using KekeStar.Antifraud.Intake.References.Addresses;
using KekeStar.Antifraud.Intake.RiskTools;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// What public registers say about identifiers: who makes the phone, which country and operator a card is of. Immutable,
/// shared by all threads; look-ups read the tables where they lie and allocate nothing.
/// </summary>
internal sealed class ReferenceTables
{
    private static readonly Lazy<ReferenceTables> Shipped = new(static () => Read(TableFolder.ReadShipped, AddressTable.LoadEmbedded(), RiskToolTable.Shipped));

    private ReferenceTables(
        BrandTable brands,
        OuiTable ouis,
        TacTable tacs,
        ModelTable models,
        OperatorTable operators,
        CardIssuerTable cardIssuers,
        AddressTable addresses,
        RiskToolTable riskTools)
    {
        Brands = brands;
        Ouis = ouis;
        Tacs = tacs;
        Models = models;
        Operators = operators;
        CardIssuers = cardIssuers;
        Addresses = addresses;
        RiskTools = riskTools;
    }

    /// <summary>The tables that ship with this library.</summary>
    public static ReferenceTables Embedded => Shipped.Value;

    /// <summary>Brands and their makers.</summary>
    public BrandTable Brands { get; }

    /// <summary>MAC prefixes of phone makers.</summary>
    public OuiTable Ouis { get; }

    /// <summary>Type allocation codes.</summary>
    public TacTable Tacs { get; }

    /// <summary>Models.</summary>
    public ModelTable Models { get; }

    /// <summary>Mobile country and network codes.</summary>
    public OperatorTable Operators { get; }

    /// <summary>Card issuers.</summary>
    public CardIssuerTable CardIssuers { get; }

    /// <summary>IP addresses.</summary>
    public AddressTable Addresses { get; }

    /// <summary>Names of risk tools.</summary>
    public RiskToolTable RiskTools { get; }

    /// <summary>What each table says of itself, in the order of <see cref="TableKind"/>.</summary>
    public TableHeader[] Headers =>
        [Brands.Header, Ouis.Header, Tacs.Header, Models.Header, Operators.Header, CardIssuers.Header, Addresses.Header, RiskTools.Header];

    /// <summary>Reads the tables of a folder; those that it lacks are the ones that ship with this library.</summary>
    /// <exception cref="InvalidDataException">A file cannot be used; the message says which, why and what to do.</exception>
    /// <exception cref="IOException">A file, or the folder, cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static ReferenceTables Load(string folder) => Directory.Exists(folder)
        ? Read(kind => TableFolder.Read(folder, kind), AddressFolder.Load(folder, Embedded.Addresses), RiskToolFile.Load(folder, RiskToolTable.Shipped))
        : throw new DirectoryNotFoundException($"{folder} is no folder.");

    /// <summary>Reads the tables.</summary>
    /// <param name="read">Gives a table's file, and what it is called in a message.</param>
    /// <param name="addresses">The table of addresses, which has a file of its own form.</param>
    /// <param name="riskTools">The table of risk tools, which is a text.</param>
    /// <exception cref="InvalidDataException">A file cannot be used; the message says which, why and what to do.</exception>
    internal static ReferenceTables Read(Func<TableKind, (byte[] Bytes, string Place)> read, AddressTable addresses, RiskToolTable riskTools)
    {
        return new ReferenceTables(
            Make(TableKind.Brands, static (file, place) => new BrandTable(file, place)),
            Make(TableKind.Ouis, static (file, place) => new OuiTable(file, place)),
            Make(TableKind.Tacs, static (file, place) => new TacTable(file, place)),
            Make(TableKind.Models, static (file, place) => new ModelTable(file, place)),
            Make(TableKind.Operators, static (file, place) => new OperatorTable(file, place)),
            Make(TableKind.CardIssuers, static (file, place) => new CardIssuerTable(file, place)),
            addresses,
            riskTools);

        T Make<T>(TableKind kind, Func<TableFile, string, T> make)
        {
            var (bytes, place) = read(kind);
            return make(TableFile.Parse(bytes, kind, place), place);
        }
    }
}
