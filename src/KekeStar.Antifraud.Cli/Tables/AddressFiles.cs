namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>What the address table is built from.</summary>
/// <param name="Country">A MaxMind DB file with the country of each network.</param>
/// <param name="Asns">One MaxMind DB file with the autonomous system of each network, or text files (.csv), IPv4 before IPv6.</param>
/// <param name="Hosting">The list of hosting-asns.tsv's form.</param>
/// <param name="Source">Where the data comes from, one line; null: the names of the files.</param>
/// <param name="Licence">What the data may be used under, one line; null: "see the files".</param>
internal sealed record AddressFiles(string Country, IReadOnlyList<string> Asns, string Hosting, string? Source, string? Licence);
