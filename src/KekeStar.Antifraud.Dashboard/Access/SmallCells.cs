namespace KekeStar.Antifraud.Dashboard.Access;

/// <summary>
/// The threshold of aggregated screens: a figure about very few accounts tells about each of them, so a viewer does not see it.
/// </summary>
internal static class SmallCells
{
    /// <summary>
    /// A cell about fewer accounts than these is hidden from viewers (k = 5). Statistical offices' threshold rules for published tables
    /// lie between 3 and 10.
    /// </summary>
    public const int FewestAccounts = 5;

    /// <summary>True if a cell is hidden. A cell about nobody is not: there is nobody whom it tells about.</summary>
    /// <param name="accounts">Number of different accounts that the cell counts.</param>
    /// <param name="roles">Of whoever looks. A viewer who has another role as well sees single cases anyway.</param>
    public static bool IsHidden(long accounts, Roles roles) => accounts is > 0 and < FewestAccounts && (roles & ~Roles.Viewer) == Roles.None;

    /// <summary>A cell's figure, or null where it is hidden.</summary>
    /// <param name="value">The figure.</param>
    /// <param name="accounts">Number of different accounts that it is about.</param>
    /// <param name="roles">Of whoever looks.</param>
    public static long? Shown(long value, long accounts, Roles roles) => IsHidden(accounts, roles) ? null : value;
}
