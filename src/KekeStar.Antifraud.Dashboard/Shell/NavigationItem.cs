namespace KekeStar.Antifraud.Dashboard.Shell;

/// <summary>A page in the navigation.</summary>
/// <param name="Route">Its route, which the access table has.</param>
/// <param name="Text">Key of its name.</param>
/// <param name="Icon">Its icon, SVG.</param>
internal sealed record NavigationItem(string Route, string Text, string Icon);

/// <summary>Pages that belong together.</summary>
/// <param name="Text">Key of the group's name.</param>
/// <param name="Items">Its pages.</param>
internal sealed record NavigationGroup(string Text, IReadOnlyList<NavigationItem> Items);
