using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace KekeStar.Antifraud.Service.Hosting;

/// <summary>
/// Binds options like the configuration binder, but finds every value that cannot be converted and every key that is
/// none, where the binder stops at the first and passes over the second: a mistyped key of a security setting must
/// not leave its default in force.
/// </summary>
internal static class OptionsReader
{
    /// <summary>Reads a section into options; what is wrong keeps its default.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">Receives the values.</param>
    /// <param name="errors">Receives one line for each error: the key, what was seen, what is allowed.</param>
    public static void Read(IConfigurationSection section, object options, List<string> errors)
    {
        var properties = options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsSetting).ToArray();
        foreach (var child in section.GetChildren())
        {
            var property = Array.Find(properties, p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                errors.Add($"{child.Path} is no setting; allowed are {string.Join(", ", properties.Select(static p => p.Name))}.");
            }
            else if (property.GetValue(options) is IList<string> list)
            {
                ReadList(child, list);
            }
            else if (IsGroup(property))
            {
                Read(child, property.GetValue(options)!, errors);
            }
            else
            {
                ReadValue(child, property, options, errors);
            }
        }
    }

    private static bool IsSetting(PropertyInfo property) =>
        property.CanWrite || typeof(IEnumerable).IsAssignableFrom(property.PropertyType);

    private static bool IsGroup(PropertyInfo property) => property.PropertyType.IsClass && property.PropertyType != typeof(string);

    // Both forms: one key per entry, and one value with commas, which is what fits on a command line.
    private static void ReadList(IConfigurationSection section, IList<string> list)
    {
        var entries = section.Value?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? section.GetChildren().Select(static entry => entry.Value ?? "").Where(static entry => entry.Length > 0);
        foreach (var entry in entries)
        {
            list.Add(entry);
        }
    }

    private static void ReadValue(IConfigurationSection section, PropertyInfo property, object options, List<string> errors)
    {
        if (section.Value is not { } text)
        {
            errors.Add($"{section.Path} has settings below it; allowed is one value.");
            return;
        }

        var underlying = Nullable.GetUnderlyingType(property.PropertyType);
        if (underlying is not null && text.Length == 0)
        {
            property.SetValue(options, null);
            return;
        }

        var type = underlying ?? property.PropertyType;
        var converter = TypeDescriptor.GetConverter(type);
        try
        {
            property.SetValue(options, type == typeof(string) ? text : converter.ConvertFromInvariantString(text.Trim()));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            errors.Add($"{section.Path} is '{text}'; allowed is {Allowed(type)}.");
        }
    }

    private static string Allowed(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "a time span such as 00:00:00.020"
        : type == typeof(double) ? "a number such as 0.01"
        : "a whole number";
}
