namespace KekeStar.Antifraud.Dashboard.Shell;

/// <summary>One colour of the dashboard in both themes.</summary>
/// <param name="Name">Its name; in style sheets <c>--name</c>.</param>
/// <param name="Light">In the light theme, <c>#rrggbb</c>.</param>
/// <param name="Dark">In the dark theme, <c>#rrggbb</c>.</param>
internal sealed record Tone(string Name, string Light, string Dark);
