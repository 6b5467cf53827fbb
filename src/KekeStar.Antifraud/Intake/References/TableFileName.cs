using KekeStar.Antifraud.Intake.RiskTools;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>The names of the tables' files, in a folder and among the resources of this library.</summary>
internal static class TableFileName
{
    /// <summary>The kinds whose file has the common form, in the order of their numbers.</summary>
    internal static readonly TableKind[] Kinds =
        [TableKind.Brands, TableKind.Ouis, TableKind.Tacs, TableKind.Models, TableKind.Operators, TableKind.CardIssuers];

    /// <summary>The file of a table.</summary>
    internal static string Of(TableKind kind) => kind switch
    {
        TableKind.Brands => "brands.table",
        TableKind.Ouis => "ouis.table",
        TableKind.Tacs => "tacs.table",
        TableKind.Models => "models.table",
        TableKind.Operators => "operators.table",
        TableKind.CardIssuers => "card-issuers.table",
        TableKind.Addresses => AddressTable.FileName,
        TableKind.RiskTools => RiskToolFile.ResourceName,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
