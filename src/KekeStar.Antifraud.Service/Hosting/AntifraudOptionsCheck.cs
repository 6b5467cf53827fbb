using System.ComponentModel.DataAnnotations;
using KekeStar.Antifraud.Archive.Streaming;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.Service.Dashboard;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.Service.Stores;
using KekeStar.Antifraud.Service.Telemetry;
using Microsoft.Extensions.Options;

namespace KekeStar.Antifraud.Service.Hosting;

/// <summary>Checks all settings before anything starts and reports every error at once.</summary>
internal static class AntifraudOptionsCheck
{
    // What PolicyOptions, ReferenceTableOptions, SealingKeyOptions and KeyRingOptions document.
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromHours(1);

    /// <summary>Checks the settings.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="errors">What was already found while reading them.</param>
    /// <exception cref="OptionsValidationException">Something is wrong; holds every error.</exception>
    public static void Check(AntifraudOptions options, List<string> errors)
    {
        errors.AddRange(ListenOptionsCheck.Errors(options.Listen, options.Keys.CreateIfMissing));
        errors.AddRange(KeyErrors(options.Keys));
        AddPollErrors(options.Keys.PollInterval, "Antifraud:Keys:PollInterval", errors);
        AddSealingErrors(options.Sealing, errors);
        AddRangeErrors(options.Gate, "Antifraud:Gate", errors);
        AddRangeErrors(options.Audit, "Antifraud:Audit", errors);
        AddRangeErrors(options.Telemetry.Otlp, "Antifraud:Telemetry:Otlp", errors);
        errors.AddRange(OtlpOptionsCheck.Errors(options.Telemetry.Otlp));
        AddRangeErrors(options.Archive, "Antifraud:Archive", errors);
        AddRangeErrors(options.Kafka, "Antifraud:Kafka", errors);
        errors.AddRange(KafkaSettings.Errors(options.Kafka, hasArchive: !string.IsNullOrEmpty(options.Archive.Directory)));
        switch (options.Store.Kind)
        {
            case StoreKind.Embedded or StoreKind.Memory:
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

        if (File.Exists(options.Policy.Directory))
        {
            errors.Add($"Antifraud:Policy:Directory is '{options.Policy.Directory}', which is a file; allowed is a folder, or nothing.");
        }

        AddPollErrors(options.Policy.PollInterval, "Antifraud:Policy:PollInterval", errors);

        if (File.Exists(options.Models.Directory))
        {
            errors.Add($"Antifraud:Models:Directory is '{options.Models.Directory}', which is a file; allowed is a folder, or nothing.");
        }

        if (options.Tables.Path.Length > 0 && !Directory.Exists(options.Tables.Path))
        {
            errors.Add($"Antifraud:Tables:Path is '{options.Tables.Path}', which is no folder.");
        }

        AddPollErrors(options.Tables.PollInterval, "Antifraud:Tables:PollInterval", errors);
        errors.AddRange(DashboardOptionsCheck.Errors(options.Dashboard, options.Listen));
        AddRangeErrors(options.Dashboard, "Antifraud:Dashboard", errors);
        AddRangeErrors(options.Dashboard.Accounts, "Antifraud:Dashboard:Accounts", errors);

        if (errors.Count > 0)
        {
            throw new OptionsValidationException(AntifraudOptions.Section, typeof(AntifraudOptions), errors);
        }
    }

    // What the key holds is checked when it is loaded; the value never stands in a message.
    private static IEnumerable<string> KeyErrors(KeyRingOptions keys)
    {
        if (string.IsNullOrEmpty(keys.MasterKey) && string.IsNullOrEmpty(keys.Ring) && string.IsNullOrEmpty(keys.File))
        {
            yield return "Antifraud:Keys:File is empty, and so are Antifraud:Keys:MasterKey and Antifraud:Keys:Ring. Set the first to a key file (mode 0600; 'antifraud keys create FILE' makes one), the second to base64 of 32 random bytes, or the third to the text of a key file.";
        }
        else if (!string.IsNullOrEmpty(keys.MasterKey) && !string.IsNullOrEmpty(keys.Ring))
        {
            yield return "Antifraud:Keys:MasterKey and Antifraud:Keys:Ring are both set. Leave one of them empty.";
        }

        if (keys.Epoch is < 1 or > byte.MaxValue)
        {
            yield return $"Antifraud:Keys:Epoch is '{keys.Epoch}'; allowed are 1 to {byte.MaxValue}.";
        }
    }

    private static void AddSealingErrors(SealingKeyOptions sealing, List<string> errors)
    {
        if (!string.IsNullOrEmpty(sealing.File) && !string.IsNullOrEmpty(sealing.Keys))
        {
            errors.Add("Antifraud:Sealing:File and Antifraud:Sealing:Keys are both set. Leave one of them empty.");
        }
        else if (!string.IsNullOrEmpty(sealing.File) && !File.Exists(sealing.File))
        {
            errors.Add($"Antifraud:Sealing:File is '{sealing.File}', which is no file. 'antifraud sealing create {sealing.File}' makes one.");
        }

        AddPollErrors(sealing.PollInterval, "Antifraud:Sealing:PollInterval", errors);
    }

    private static void AddPollErrors(TimeSpan interval, string key, List<string> errors)
    {
        if (interval < ShortestPoll || interval > LongestPoll)
        {
            errors.Add($"{key} is '{interval}'; allowed is {ShortestPoll} to {LongestPoll}.");
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
