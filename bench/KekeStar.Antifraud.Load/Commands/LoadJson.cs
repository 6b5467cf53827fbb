using System.Text.Json;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>How results are written as JSON.</summary>
internal static class LoadJson
{
    /// <summary>Gets the options: camelCase, indented.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}
