using System.Globalization;
using KekeStar.Antifraud.Archive.Judging;

namespace KekeStar.Antifraud.Archive.Backtests.Page;

/// <summary>How numbers are written in a backtest's report and on the console.</summary>
internal static class PageNumbers
{
    /// <summary>A count, with its thousands apart.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share in per cent with its interval; –: of nothing.</summary>
    public static string Of(Share share) => share.Total == 0
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * share.Value:0.00} % ({100 * share.Low:0.00}–{100 * share.High:0.00})");

    /// <summary>A share in per cent with its interval, as short as can be; –: of nothing.</summary>
    public static string Short(Share share) => share.Total == 0
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * share.Value:0.0#} ({100 * share.Low:0.0#}–{100 * share.High:0.0#})");

    /// <summary>How many of how many are equal, never rounded up to all.</summary>
    public static string Equal(long equal, long total) => total == 0
        ? "–"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{(equal == total ? 100 : Math.Min(99.9999, 100.0 * equal / total)):0.####} % ({equal:N0} / {total:N0})");

    /// <summary>A moment.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A number of an SVG.</summary>
    public static string Svg(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
