using System.Text;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>Splits a line of comma-separated values, RFC 4180, without line breaks in a value.</summary>
internal static class CsvLine
{
    /// <summary>Splits a line.</summary>
    public static List<string> Split(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var index = 0; index < line.Length; index++)
        {
            var letter = line[index];
            if (letter == '"' && quoted && index + 1 < line.Length && line[index + 1] == '"')
            {
                cell.Append(letter);
                index++;
            }
            else if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (letter == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(letter);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
