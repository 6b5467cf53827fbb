using MudBlazor;

namespace KekeStar.Antifraud.Dashboard.Shell;

/// <summary>The pages of the navigation, in their order. Whoever may not open a page does not see it here.</summary>
internal static class NavigationTree
{
    /// <summary>All groups.</summary>
    public static IReadOnlyList<NavigationGroup> Groups { get; } =
    [
        new(
            "Nav.Watch",
            [
                new("/", "Overview.Title", Icons.Material.Outlined.Insights),
                new("/decisions", "Decisions.Title", Icons.Material.Outlined.ManageSearch),
                new("/gangs", "Gangs.Title", Icons.Material.Outlined.Hub),
            ]),
        new(
            "Nav.Decide",
            [
                new("/policy", "Policy.Title", Icons.Material.Outlined.Rule),
                new("/policy/versions", "Versions.Title", Icons.Material.Outlined.History),
                new("/lists", "Lists.Title", Icons.Material.Outlined.PlaylistAddCheck),
                new("/feedback", "Feedback.Title", Icons.Material.Outlined.Feedback),
            ]),
        new(
            "Nav.Privacy",
            [
                new("/privacy", "Privacy.Title", Icons.Material.Outlined.PrivacyTip),
                new("/inventory", "Inventory.Title", Icons.Material.Outlined.Inventory2),
                new("/audit", "Audit.Title", Icons.Material.Outlined.ReceiptLong),
            ]),
        new(
            "Nav.Reference",
            [
                new("/labels", "Labels.Title", Icons.Material.Outlined.Label),
                new("/features", "Features.Title", Icons.Material.Outlined.Functions),
            ]),
        new(
            "Nav.Operate",
            [
                new("/system", "System.Title", Icons.Material.Outlined.MonitorHeart),
                new("/accounts", "Accounts.Title", Icons.Material.Outlined.ManageAccounts),
            ]),
    ];
}
