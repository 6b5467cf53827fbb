using System.Diagnostics.CodeAnalysis;

namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>Where to go after the sign-in.</summary>
internal static class ReturnPath
{
    /// <summary>Name of the query parameter.</summary>
    public const string Parameter = "return";

    /// <summary>A path within the dashboard: the one asked for, or the first page if that leads anywhere else.</summary>
    public static string Of(string? asked) => IsWithin(asked) ? asked : "/";

    // "//host" and "/\host" are other hosts to a browser, and control characters vanish in it.
    private static bool IsWithin([NotNullWhen(true)] string? path) =>
        path is { Length: > 0 and <= 512 } && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl);
}
