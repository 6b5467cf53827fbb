using System.Globalization;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Load.Reporting;

/// <summary>A cell of a table: a text, or a number with the text that it is shown as.</summary>
/// <param name="Text">What people read.</param>
/// <param name="Number">What programs read; null: the text.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReportCell(string Text, double? Number = null)
{
    /// <summary>What stands where there is nothing to say; null in JSON.</summary>
    public static ReportCell None { get; } = new("–");

    /// <summary>Makes a cell of a number; one that is not finite gives <see cref="None"/>.</summary>
    /// <param name="value">The number.</param>
    /// <param name="format">How it is shown, such as "N0" or "F2".</param>
    public static ReportCell Of(double value, string format)
        => double.IsFinite(value) ? new ReportCell(value.ToString(format, CultureInfo.InvariantCulture), value) : None;

    /// <summary>Makes a cell of a text.</summary>
    public static implicit operator ReportCell(string text) => new(text);
}
