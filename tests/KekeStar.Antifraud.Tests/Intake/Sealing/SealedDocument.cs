using System.Text.RegularExpressions;

namespace KekeStar.Antifraud.Tests.Intake.Sealing;

/// <summary>docs/sealed-identifiers.md: its test vector and its example in Python.</summary>
internal static partial class SealedDocument
{
    private const int TimeoutMilliseconds = 10_000;

    private static readonly string Text = File.ReadAllText(RepositoryFiles.PathOf("docs/sealed-identifiers.md"));

    /// <summary>The example in Python.</summary>
    internal static string Python => PythonBlock().Match(Text).Groups["code"].Value;

    /// <summary>A line of the vector.</summary>
    internal static string Line(string name) => Regex.Match(
        Text, $"^{Regex.Escape(name)} {{2,}}(?<value>\\S+)$", RegexOptions.Multiline, TimeSpan.FromMilliseconds(TimeoutMilliseconds)).Groups["value"].Value;

    /// <summary>A line of the vector that is hexadecimal.</summary>
    internal static byte[] Bytes(string name) => Convert.FromHexString(Line(name));

    [GeneratedRegex("^```python\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex PythonBlock();
}
