using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using KekeStar.Antifraud.Dashboard.Assets;

namespace KekeStar.Antifraud.Dashboard.Language;

/// <summary>
/// The dashboard's words in one language. Not .NET's resources: those go by cultures, and this program runs without them
/// (<c>InvariantGlobalization</c>), in which "zh-CN" is none.
/// </summary>
internal sealed class Texts
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> ByLanguage =
        LanguageChoice.All.ToFrozenDictionary(static language => language, Load, StringComparer.Ordinal);

    /// <summary>The language, a BCP 47 tag.</summary>
    public string Language { get; private set; } = LanguageChoice.English;

    /// <summary>True for Simplified Chinese.</summary>
    public bool IsChinese => Language == LanguageChoice.Chinese;

    /// <summary>The text of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is none; tests look for that.</exception>
    public string this[string key] => Find(Language, key);

    /// <summary>The text of a key with numbers or names in the places {0}, {1} …</summary>
    public string this[string key, params object[] values] => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>The text of a key in a language.</summary>
    public static string Find(string language, string key) =>
        ByLanguage[language].TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"No text '{key}' in '{language}'.");

    /// <summary>The keys of a language.</summary>
    public static IReadOnlyCollection<string> KeysOf(string language) => ByLanguage[language].Keys;

    /// <summary>A language's name in itself.</summary>
    public static string NameOf(string language) => language == LanguageChoice.Chinese ? "简体中文" : "English";

    /// <summary>Goes over to a language.</summary>
    public void Use(string language) => Language = ByLanguage.ContainsKey(language) ? language : LanguageChoice.English;

    /// <summary>Whichever of two texts the language wants; the service's catalogues carry both.</summary>
    public string Pick(string english, string chinese) => IsChinese ? chinese : english;

    private static FrozenDictionary<string, string> Load(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(EmbeddedFile.Bytes($"language/{language}.json"))!.ToFrozenDictionary(StringComparer.Ordinal);
}
