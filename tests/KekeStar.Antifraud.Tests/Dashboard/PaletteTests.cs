using System.Globalization;
using KekeStar.Antifraud.Dashboard.Shell;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>The colours, measured.</summary>
public sealed class PaletteTests
{
    private const double TextContrast = 4.5;
    private const double EdgeContrast = 3;

    // In the Lab space a difference of 2.3 is just seen; this is nine times as much.
    private const double Apart = 20;

    // Machado, Oliveira, Fernandes: "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.0.
    private static readonly (string Name, double[][] Matrix)[] Eyes =
    [
        ("all colours", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
        ("deuteranopia", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
        ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Text_and_verdicts_stand_out_from_every_ground(bool isDark)
    {
        foreach (var tone in Palette.Verdicts.Append(Palette.Text).Append(Palette.Quiet).Append(Palette.Accent))
        {
            Assert.All(Palette.Grounds, ground => Assert.True(Contrast(Of(tone, isDark), Of(ground, isDark)) >= TextContrast, $"{tone.Name} on {ground.Name}"));
        }

        Assert.True(Contrast(Of(Palette.OnAccent, isDark), Of(Palette.Accent, isDark)) >= TextContrast);
        Assert.True(Contrast(Of(Palette.Accent, isDark), Of(Palette.AccentGround, isDark)) >= TextContrast);
        Assert.All(Palette.Grounds, ground => Assert.True(Contrast(Of(Palette.Edge, isDark), Of(ground, isDark)) >= EdgeContrast, ground.Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Verdicts_stay_apart_for_all_eyes(bool isDark)
    {
        foreach (var (name, matrix) in Eyes)
        {
            for (var i = 0; i < Palette.Verdicts.Count; i++)
            {
                for (var j = i + 1; j < Palette.Verdicts.Count; j++)
                {
                    var difference = Difference(See(Of(Palette.Verdicts[i], isDark), matrix), See(Of(Palette.Verdicts[j], isDark), matrix));
                    Assert.True(difference >= Apart, $"{Palette.Verdicts[i].Name} and {Palette.Verdicts[j].Name}, {name}: {difference:0.0}");
                }
            }
        }
    }

    [Fact]
    public void Each_colour_is_in_the_style_sheet_for_both_themes()
    {
        var sheet = Palette.StyleSheet();
        Assert.All(Palette.All, tone =>
        {
            Assert.Contains($"--{tone.Name}:{tone.Light};", sheet, StringComparison.Ordinal);
            Assert.Contains($"--{tone.Name}:{tone.Dark};", sheet, StringComparison.Ordinal);
        });
    }

    private static double[] Of(Tone tone, bool isDark)
    {
        var text = isDark ? tone.Dark : tone.Light;
        return [.. Enumerable.Range(0, 3).Select(channel => 1 + (2 * channel)).Select(at => Linear(int.Parse(text.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0))];
    }

    private static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static double Luminance(double[] colour) => (0.2126 * colour[0]) + (0.7152 * colour[1]) + (0.0722 * colour[2]);

    // WCAG 2.2, "contrast ratio".
    private static double Contrast(double[] first, double[] second)
    {
        var (lighter, darker) = (Math.Max(Luminance(first), Luminance(second)), Math.Min(Luminance(first), Luminance(second)));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double[] See(double[] colour, double[][] matrix) =>
        [.. matrix.Select(row => Math.Clamp((row[0] * colour[0]) + (row[1] * colour[1]) + (row[2] * colour[2]), 0, 1))];

    // CIE 1976.
    private static double Difference(double[] first, double[] second)
    {
        var (a, b) = (Lab(first), Lab(second));
        return Math.Sqrt(a.Zip(b, static (x, y) => (x - y) * (x - y)).Sum());
    }

    private static double[] Lab(double[] colour)
    {
        var x = Curve(((0.4124 * colour[0]) + (0.3576 * colour[1]) + (0.1805 * colour[2])) / 0.95047);
        var y = Curve(Luminance(colour));
        var z = Curve(((0.0193 * colour[0]) + (0.1192 * colour[1]) + (0.9505 * colour[2])) / 1.08883);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
    }

    private static double Curve(double value) => value > 0.008856 ? Math.Cbrt(value) : (7.787 * value) + (16.0 / 116);
}
