using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Service.Hosting;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Writes docs/configuration.md from the options and their docstrings.</summary>
internal sealed class ConfigurationDocument
{
    private readonly StringBuilder _text = new();
    private readonly Docstrings _docstrings = Docstrings.Load(
        typeof(AntifraudOptions).Assembly, typeof(ScoringPipeline).Assembly, typeof(ArchiveOptions).Assembly);

    private ConfigurationDocument()
    {
    }

    public static string Write()
    {
        var document = new ConfigurationDocument();
        document._text.Append("""
            # Configuration

            Generated from the options and their docstrings; do not edit. After a change there:
            `UPDATE_GOLDEN=1 dotnet test tests/KekeStar.Antifraud.Tests --filter FullyQualifiedName~ConfigurationDocumentTests`.

            A setting comes from, first found first: an argument (`--Antifraud:Gate:StoreTimeout=00:00:00.030`), an environment
            variable (`Antifraud__Gate__StoreTimeout`), `appsettings.{Environment}.json` and then `appsettings.json` in the working
            directory. Time spans are written `hours:minutes:seconds.fraction`. A list is one value with commas, or one key for each
            entry (`…:AllowedNames:0`). Upper and lower case do not matter.

            Everything is checked before anything starts. All errors come at once, each with its key, what was seen and what is
            allowed; a key that is no setting is an error too. Nothing is read again while the service runs, but the files of the
            policy, of the keys and of the sealing keys are. What the store is asked and how long that may take:
            [stores.md](stores.md).

            """);
        document.WriteGroup(AntifraudOptions.Section, new AntifraudOptions(), "");
        return document._text.ToString().ReplaceLineEndings("\n");
    }

    private void WriteGroup(string key, object options, string purpose)
    {
        var properties = options.GetType().GetProperties().OrderBy(static property => property.MetadataToken).ToArray();
        var settings = properties.Where(static property => !IsGroup(property) && IsSetting(property)).ToArray();
        if (settings.Length > 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $"\n## `{key}`\n\n{Joined(_docstrings.Of(options.GetType()), purpose)}\n\n");
            _text.Append("| key | default | allowed | meaning |\n|---|---|---|---|\n");
            foreach (var setting in settings)
            {
                _text.Append(CultureInfo.InvariantCulture, $"| `{setting.Name}` | {Default(setting.GetValue(options))} | {Allowed(setting)} | {_docstrings.Of(setting)} |\n");
            }
        }

        foreach (var derived in properties.Where(static property => !IsGroup(property) && !IsSetting(property)))
        {
            _text.Append(CultureInfo.InvariantCulture, $"\n`{derived.Name}` follows from the others. {_docstrings.Of(derived)}\n");
        }

        foreach (var group in properties.Where(IsGroup))
        {
            WriteGroup($"{key}:{group.Name}", group.GetValue(options)!, _docstrings.Of(group));
        }
    }

    // What the group says of itself and what its holder says of it, each sentence once.
    private static string Joined(string type, string purpose) =>
        string.Join(". ", $"{type} {purpose}".TrimEnd(' ', '.').Split(". ").Distinct(StringComparer.Ordinal)) + ".";

    private static bool IsSetting(PropertyInfo property) => property.CanWrite || IsList(property);

    private static bool IsList(PropertyInfo property) => property.PropertyType == typeof(IList<string>);

    private static bool IsGroup(PropertyInfo property) => property.PropertyType is { IsClass: true } type && type != typeof(string);

    private static string Default(object? value) => value switch
    {
        null or "" or IList<string> { Count: 0 } => "none",
        TimeSpan time => Quote(Text(time)),
        _ => Quote(Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };

    private static string Allowed(PropertyInfo setting)
    {
        var type = Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType;
        if (setting.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            return type == typeof(TimeSpan)
                ? $"{Quote(Bound(range.Minimum))} to {Quote(Bound(range.Maximum))}"
                : $"{range.Minimum} to {range.Maximum}";
        }

        return type switch
        {
            { IsEnum: true } => string.Join(", ", Enum.GetNames(type).Select(Quote)),
            _ when type == typeof(bool) => "`true`, `false`",
            _ when type == typeof(TimeSpan) => "time span",
            _ when type == typeof(string) => "text",
            _ when type == typeof(IList<string>) => "list of texts",
            _ => "whole number",
        };
    }

    private static string Bound(object bound) => Text(TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture));

    private static string Text(TimeSpan time) => time.ToString(time.Milliseconds == 0 ? "hh\\:mm\\:ss" : "hh\\:mm\\:ss\\.fff", CultureInfo.InvariantCulture);

    private static string Quote(string text) => $"`{text}`";
}
