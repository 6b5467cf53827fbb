using System.Text;
using KekeStar.Antifraud.V1;
using MudBlazor;

namespace KekeStar.Antifraud.Dashboard.Shell;

/// <summary>
/// The colours, once for style sheets, charts and MudBlazor. Text and verdicts have a contrast of at least 4.5:1 on every ground (WCAG 2.2,
/// 1.4.3), and the verdicts stay apart for people who do not see all colours; tests measure both.
/// </summary>
internal static class Palette
{
    /// <summary>Behind everything.</summary>
    public static readonly Tone Ground = new("ground", "#f4f6f9", "#0f1216");

    /// <summary>Cards, tables and bars.</summary>
    public static readonly Tone Surface = new("surface", "#ffffff", "#171b22");

    /// <summary>Heads of tables, fields.</summary>
    public static readonly Tone Sunken = new("sunken", "#f8fafc", "#1b2029");

    /// <summary>Lines.</summary>
    public static readonly Tone Line = new("line", "#dce1e8", "#2b323d");

    /// <summary>Edges of fields and buttons; 3:1 (WCAG 2.2, 1.4.11).</summary>
    public static readonly Tone Edge = new("edge", "#7f8a9a", "#667285");

    /// <summary>Text.</summary>
    public static readonly Tone Text = new("text", "#1b2430", "#e6eaf0");

    /// <summary>Text beside other text.</summary>
    public static readonly Tone Quiet = new("quiet", "#556070", "#9aa6b6");

    /// <summary>The one accent: links, buttons, where one is.</summary>
    public static readonly Tone Accent = new("accent", "#0f766e", "#4fc8bd");

    /// <summary>On the accent.</summary>
    public static readonly Tone OnAccent = new("on-accent", "#ffffff", "#0f1216");

    /// <summary>Behind what is chosen.</summary>
    public static readonly Tone AccentGround = new("accent-ground", "#e3f2f0", "#14302f");

    /// <summary>Verdict PASS.</summary>
    public static readonly Tone Pass = new("verdict-pass", "#0f6cbd", "#4f9fee");

    /// <summary>Verdict REVIEW.</summary>
    public static readonly Tone Review = new("verdict-review", "#606a78", "#b3bdcb");

    /// <summary>Verdict CHALLENGE, and warnings.</summary>
    public static readonly Tone Challenge = new("verdict-challenge", "#8a6300", "#e3b341");

    /// <summary>Verdict REJECT, and what is wrong.</summary>
    public static readonly Tone Reject = new("verdict-reject", "#8e0038", "#f0527a");

    /// <summary>All.</summary>
    public static IReadOnlyList<Tone> All { get; } =
        [Ground, Surface, Sunken, Line, Edge, Text, Quiet, Accent, OnAccent, AccentGround, Pass, Review, Challenge, Reject];

    /// <summary>What text stands on.</summary>
    public static IReadOnlyList<Tone> Grounds { get; } = [Ground, Surface, Sunken];

    /// <summary>The verdicts, mildest first.</summary>
    public static IReadOnlyList<Tone> Verdicts { get; } = [Pass, Review, Challenge, Reject];

    private static readonly string[] Fonts =
    [
        "system-ui", "-apple-system", "Segoe UI", "Roboto", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei UI", "Microsoft YaHei",
        "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "sans-serif",
    ];

    /// <summary>A colour of a style sheet, for charts.</summary>
    public static string Variable(Tone tone) => $"var(--{tone.Name})";

    /// <summary>The colour of a verdict.</summary>
    public static Tone Of(Verdict verdict) => verdict switch
    {
        Verdict.Review => Review,
        Verdict.Challenge => Challenge,
        Verdict.Reject => Reject,
        _ => Pass,
    };

    /// <summary>The colours as a style sheet.</summary>
    public static string StyleSheet()
    {
        var light = Declarations(static tone => tone.Light);
        var dark = Declarations(static tone => tone.Dark);
        return new StringBuilder()
            .Append(":root{color-scheme:light;").Append(light).Append("}\n")
            .Append(":root[data-theme=dark]{color-scheme:dark;").Append(dark).Append("}\n")
            .Append("@media (prefers-color-scheme:dark){:root[data-theme=system]{color-scheme:dark;").Append(dark).Append("}}\n")
            .ToString();
    }

    /// <summary>The same for MudBlazor's components.</summary>
    public static MudTheme Theme() => new()
    {
        PaletteLight = Fill(new PaletteLight(), static tone => tone.Light),
        PaletteDark = Fill(new PaletteDark(), static tone => tone.Dark),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", DrawerWidthLeft = "216px", AppbarHeight = "52px" },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Fonts, FontSize = ".875rem", LineHeight = "1.5" } },
    };

    private static string Declarations(Func<Tone, string> colour) => string.Concat(All.Select(tone => $"--{tone.Name}:{colour(tone)};"));

    private static T Fill<T>(T palette, Func<Tone, string> colour)
        where T : MudBlazor.Palette
    {
        palette.Primary = colour(Accent);
        palette.PrimaryContrastText = colour(OnAccent);
        palette.Secondary = colour(Accent);
        palette.Info = colour(Pass);
        palette.Success = colour(Pass);
        palette.Warning = colour(Challenge);
        palette.Error = colour(Reject);
        palette.Background = colour(Ground);
        palette.Surface = colour(Surface);
        palette.AppbarBackground = colour(Surface);
        palette.AppbarText = colour(Text);
        palette.DrawerBackground = colour(Surface);
        palette.DrawerText = colour(Text);
        palette.DrawerIcon = colour(Quiet);
        palette.TextPrimary = colour(Text);
        palette.TextSecondary = colour(Quiet);
        palette.ActionDefault = colour(Quiet);
        palette.Divider = colour(Line);
        palette.LinesDefault = colour(Line);
        palette.LinesInputs = colour(Edge);
        palette.TableLines = colour(Line);
        return palette;
    }
}
