using System.ComponentModel.DataAnnotations;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.Service.Stores;
using Microsoft.Extensions.Options;

namespace KekeStar.Antifraud.Service.Hosting;

/// <summary>Checks all settings before anything starts and reports every error at once.</summary>
internal static class AntifraudOptionsCheck
{
    /// <summary>Checks the settings.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong; holds every error.</exception>
    public static void Check(AntifraudOptions options)
    {
        var errors = new List<string>(ListenOptionsCheck.Errors(options.Listen, options.Keys.CreateIfMissing));
        AddRangeErrors(options.Gate, "Antifraud:Gate", errors);
        switch (options.Store.Kind)
        {
            case StoreKind.Embedded:
                errors.AddRange(options.Store.Embedded.Errors().Select(static error => $"Antifraud:Store:Embedded: {error}"));
                break;
            case StoreKind.Redis:
                AddRangeErrors(options.Store.Redis, "Antifraud:Store:Redis", errors);
                break;
            default:
                errors.Add($"Antifraud:Store:Kind is '{options.Store.Kind}'; allowed are embedded and redis.");
                break;
        }

        if (options.Policy.Path.Length > 0 && !File.Exists(options.Policy.Path))
        {
            errors.Add($"Antifraud:Policy:Path is '{options.Policy.Path}', which is no file.");
        }

        if (errors.Count > 0)
        {
            throw new OptionsValidationException(AntifraudOptions.Section, typeof(AntifraudOptions), errors);
        }
    }

    private static void AddRangeErrors(object options, string key, List<string> errors)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var member = result.MemberNames.FirstOrDefault() ?? "";
            var seen = options.GetType().GetProperty(member)?.GetValue(options);
            errors.Add($"{key}:{member} is '{seen}': {result.ErrorMessage}");
        }
    }
}
