namespace KekeStar.Antifraud.Dashboard.Access;

/// <summary>What a person may be; a set of them.</summary>
[Flags]
internal enum Roles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Sees figures and catalogues; small cells are hidden (<see cref="SmallCells"/>).</summary>
    Viewer = 1,

    /// <summary>Works on cases: decisions, lists, feedback.</summary>
    Analyst = 2,

    /// <summary>Writes the policy.</summary>
    PolicyEditor = 4,

    /// <summary>Carries out people's rights over their data, and reads the audit log.</summary>
    PrivacyOfficer = 8,

    /// <summary>Gives others their roles, and reads the audit log.</summary>
    Administrator = 16,

    /// <summary>All of them.</summary>
    All = Viewer | Analyst | PolicyEditor | PrivacyOfficer | Administrator,
}
