namespace KekeStar.Antifraud.Intake.References;

/// <summary>Which table a file holds. The numbers stand in the files and are never given another meaning.</summary>
internal enum TableKind : ushort
{
    /// <summary>None; no file has it.</summary>
    None = 0,

    /// <summary>Names of brands and the maker each belongs to.</summary>
    Brands = 1,

    /// <summary>Prefixes of MAC addresses and the phone maker each is assigned to.</summary>
    Ouis = 2,

    /// <summary>Type allocation codes of IMEIs and the maker each is allocated to.</summary>
    Tacs = 3,

    /// <summary>Models, what each is and which systems it runs.</summary>
    Models = 4,

    /// <summary>Mobile country and network codes.</summary>
    Operators = 5,

    /// <summary>Prefixes of ICCIDs, their countries and issuers.</summary>
    CardIssuers = 6,

    /// <summary>Country, autonomous system and hosting of IP addresses; its file has a form of its own (AddressTableFile).</summary>
    Addresses = 7,

    /// <summary>Names of risk tools; its file is a text (risk-tools.tsv).</summary>
    RiskTools = 8,
}
