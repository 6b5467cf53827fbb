using System.Globalization;
using System.Text;
using KekeStar.Antifraud.Rights;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>Writes docs/data-inventory.md and docs/data-inventory.zh-CN.md from the inventory.</summary>
internal static class DataInventoryDocument
{
    private const string Command =
        "UPDATE_GOLDEN=1 dotnet test tests/KekeStar.Antifraud.Tests --filter FullyQualifiedName~DataInventoryDocumentTests";

    private static readonly InventoryText Generated = new(
        $"Generated from the options in `proto/kekestar/antifraud/v1`; do not edit. After a change there: `{Command}`. "
        + "The service shows the same at `/privacy/inventory` and, for machines, at `/privacy/inventory.json` ([简体中文](data-inventory.zh-CN.md)).",
        $"由 `proto/kekestar/antifraud/v1` 中的选项生成，请勿手工修改。修改契约后执行：`{Command}`。"
        + "服务在 `/privacy/inventory` 展示相同内容，机器可读版本位于 `/privacy/inventory.json`（[English](data-inventory.md)）。");

    public static string Write(InventoryLanguage language)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"# {InventoryWords.Title.In(language)}\n\n{Generated.In(language)}\n\n{InventoryWords.Introduction.In(language)}\n");
        foreach (var table in InventoryTable.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {table.Title.In(language)}\n\n");
            AppendRow(text, table.Columns, language);
            text.Append('|').Insert(text.Length, "---|", table.Columns.Count).Append('\n');
            foreach (var row in table.Rows)
            {
                AppendRow(text, row, language);
            }
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IEnumerable<InventoryText> cells, InventoryLanguage language) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.In(language))).Append(" |\n");
}
