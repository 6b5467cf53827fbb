using System.Globalization;
using System.Text;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Decision.Labels;

/// <summary>Writes docs/labels.md from the catalogue.</summary>
internal static class LabelDocument
{
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Labels

            Generated from the catalogue (`src/KekeStar.Antifraud/Decision/Labels`); do not edit. After a change there:
            `UPDATE_GOLDEN=1 dotnet test tests/KekeStar.Antifraud.Tests --filter FullyQualifiedName~LabelDocumentTests`.

            `ScoreReply.risk_labels` says what is known of the event's device, account and network, whatever the score. Labels never
            change a score; `ScoreReply.labels` are another thing: what the fired rules are called.

            | state | 中文 | when | last_seen |
            |---|---|---|---|
            | `CURRENT` | 当前 | this very event proves the label | the event's time |
            | `HISTORICAL` | 历史 | this event does not, and one of the same device within {WindowLimits.Retention.TotalDays} days in front of it did | that event's time |

            **What is kept.** A current label is kept nowhere. The evidence marked *kept* below is one bit in the record that the
            event has anyway in the device's own log: under the device's pseudonym, told of for {WindowLimits.Retention.TotalDays} days, gone with the log
            (at most {WindowLimits.ContextRetention.TotalDays} days), with the account's erasure, and with the withdrawal of its consent category. No further key and no
            further round trip. An event without a device, or one whose record could not be written, leaves none.

            **Consent.** A label rests on features, and a feature whose category the user did not grant is unknown. A historical
            label is given only while the category that its evidence needs is granted to the event that asks.

            **Another's evidence.** Device labels are the device's: an event of one account may be told what another account's
            event on the same phone proved, never whose it was.

            ## The labels

            | label | of | what it says | 中文 | what it cannot prove without a program of our own on the device | 无自有 SDK 时无法证明 |
            |---|---|---|---|---|---|

            """);
        foreach (var label in LabelCatalogue.All)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{label.Name}` | {Lower(label.Scope.ToString())} | {label.English} | {label.Chinese} | {label.Limit} | {label.LimitChinese} |\n");
        }

        text.Append("""

            **No label says that a phone has no SIM card.** A caller that sends no SIM signals cannot be told from a phone without a card,
            and a user who refuses them must not look like one. It takes a program on the device to ask the system.
            **没有“无 SIM 卡”标签**：未上报 SIM 信号与设备没有 SIM 卡无法区分，且拒绝授权的用户不应被视为无卡；须由设备上的程序向系统查询。

            ## What proves them

            Any one of the features proves its label, from the value on that is given ([features.md](features.md)).

            | label | feature | from | consent category | state |
            |---|---|---|---|---|

            """);
        foreach (var label in LabelCatalogue.All)
        {
            foreach (var evidence in label.Evidence)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{label.Name}` | `{evidence.Feature.Name}` | {evidence.AtLeast} | {Category(evidence.Feature.Consent)} | {(evidence.Bit == LabelEvidence.NotKept ? "current" : "current, kept")} |\n");
            }
        }

        text.Append("""

            ## Names elsewhere

            The nearest names in the public documents of two vendors, for those who come from them. They are not the same: both ask
            a program on the device, which sees whether a hook acts on this very app or a VPN is switched on; here a list of software
            says that the tool is installed. Where a column is empty, their public documents name nothing alike.

            * 数美: [ishumei/api-doc](https://github.com/ishumei/api-doc), V4 设备指纹, `deviceLabels`.
            * Tencent Cloud: [Risk Label](https://tencentcloud.com/document/product/1123/67476), whose numbers from 5001 on are those of iOS;
              with *RCE* before it `RiskType` of RCE's
              [ManageMarketingRisk](https://www.rubydoc.info/gems/tencentcloud-sdk-rce/TencentCloud/Rce/V20201103/OutputManageMarketingRiskValue).

            | label | 数美 | Tencent Cloud |
            |---|---|---|

            """);
        foreach (var label in LabelCatalogue.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{label.Name}` | {label.Shumei} | {label.Tencent} |\n");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Category(ConsentCategory category) => category switch
    {
        ConsentCategory.DeviceIdentifiers => "DEVICE_IDENTIFIERS",
        ConsentCategory.AdvertisingIdentifiers => "ADVERTISING_IDENTIFIERS",
        ConsentCategory.NetworkIdentifiers => "NETWORK_IDENTIFIERS",
        _ => category.ToString().ToUpperInvariant(),
    };

    private static string Lower(string text) => text.ToLowerInvariant();
}
