namespace KekeStar.Antifraud.Dashboard.Shell;

/// <summary>How somebody wants to see the dashboard; kept in cookies of the browser.</summary>
internal sealed class Preferences
{
    /// <summary>Name of the cookie with the theme that was chosen.</summary>
    public const string ThemeCookie = "antifraud-theme";

    /// <summary>As the operating system says.</summary>
    public const string OfSystem = "system";

    /// <summary>Light.</summary>
    public const string Light = "light";

    /// <summary>Dark.</summary>
    public const string Dark = "dark";

    private bool _isSystemDark;

    /// <summary>Raised when the theme in force changes.</summary>
    public event EventHandler? Changed;

    /// <summary>All themes, in the order of the menu.</summary>
    public static IReadOnlyList<string> Themes { get; } = [OfSystem, Light, Dark];

    /// <summary>The theme that was chosen.</summary>
    public string Theme { get; private set; } = OfSystem;

    /// <summary>True while the dark theme is in force.</summary>
    public bool IsDark => Theme == Dark || (Theme == OfSystem && _isSystemDark);

    /// <summary>Token of the form that signs out.</summary>
    public string FormToken { get; set; } = "";

    /// <summary>Chooses a theme; what is none is the system's.</summary>
    public void Use(string? theme)
    {
        Theme = theme is Light or Dark ? theme : OfSystem;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>What the operating system says.</summary>
    public void UseSystem(bool isDark)
    {
        _isSystemDark = isDark;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
