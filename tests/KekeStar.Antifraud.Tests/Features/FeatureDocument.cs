using System.Globalization;
using System.Text;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Features;

/// <summary>Writes docs/features.md from the catalogue.</summary>
internal static class FeatureDocument
{
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Features

            Generated from the feature catalogue (`src/KekeStar.Antifraud/Features`); do not edit. After a change there:
            `UPDATE_GOLDEN=1 dotnet test tests/KekeStar.Antifraud.Tests --filter FullyQualifiedName~FeatureDocumentTests`.

            Policy, reasons, dashboards and documents speak in these names; a name never changes its meaning. There are
            {FeatureCatalogue.Count} features: {WindowedFeatures.Count} counts in sliding windows, named by rule, and {SingleFeatures.Count} others.

            A feature whose signal is absent, refused or unreadable is **unknown**, not 0: every comparison with it is false.
            A feature whose consent category the user did not grant is unknown. Flags are 1 or 0.

            ## Counts in windows: `group.metric_window`

            For example `device.accounts_1h`: distinct accounts on the device within one hour. The event that is being
            scored is itself counted. A count looks at the last {WindowLimits.TailRecords} records of the group; past that it is a lower bound and
            the reply says `at_least`.

            | group | of | 中文 | consent category | shared signal |
            |---|---|---|---|---|

            """);
        foreach (var group in WindowedFeatures.Groups)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{group.Name}` | {group.English} | {group.Chinese} | {Consent(group.Consent)} | {Signal(group.SharedSignal)} |\n");
        }

        text.Append("\n| metric | unit | what | 中文 |\n|---|---|---|---|\n");
        foreach (var metric in WindowedFeatures.Metrics)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{metric.Name}` | {metric.Unit} | {metric.English.TrimEnd(',')} | {metric.Chinese} |\n");
        }

        text.Append("\n| window | seconds |\n|---|---|\n");
        foreach (var window in Enum.GetValues<WindowLength>())
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{WindowLengths.Name(window)}` | {WindowLengths.Seconds(window)} |\n");
        }

        text.Append("""

            `identifier.*`, `sim.*` and every `*.devices_*` **fall** when a user refuses something, instead of becoming unknown:
            the policy check lets rules of positive weight use them only as lower bounds, rules of negative weight only as
            upper bounds.

            ## Other features

            | feature | unit | up to | consent category | always known | what | 中文 |
            |---|---|---|---|---|---|---|

            """);
        foreach (var feature in FeatureCatalogue.All[WindowedFeatures.Count..])
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{feature.Name}` | {feature.Unit} | {feature.Maximum} | {Consent(feature.Consent)} | {(feature.AlwaysKnown ? "yes" : "no")} | {feature.Description} | {feature.DescriptionZh} |\n");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Consent(ConsentCategory category) => category switch
    {
        ConsentCategory.DeviceIdentifiers => "DEVICE_IDENTIFIERS",
        ConsentCategory.AdvertisingIdentifiers => "ADVERTISING_IDENTIFIERS",
        ConsentCategory.NetworkIdentifiers => "NETWORK_IDENTIFIERS",
        _ => category.ToString().ToUpperInvariant(),
    };

    private static string Signal(SharedSignal signal) => signal switch
    {
        SharedSignal.None => "none",
        SharedSignal.AccessPoint => "access_point",
        _ => signal.ToString().ToLowerInvariant(),
    };
}
