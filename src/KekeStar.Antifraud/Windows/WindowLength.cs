namespace KekeStar.Antifraud.Windows;

/// <summary>The sliding windows, shortest first.</summary>
internal enum WindowLength
{
    /// <summary>1 minute.</summary>
    OneMinute,

    /// <summary>5 minutes.</summary>
    FiveMinutes,

    /// <summary>1 hour.</summary>
    OneHour,

    /// <summary>24 hours.</summary>
    OneDay,

    /// <summary>7 days.</summary>
    SevenDays,
}

/// <summary>Facts about the windows.</summary>
internal static class WindowLengths
{
    /// <summary>Number of windows.</summary>
    public const int Count = (int)WindowLength.SevenDays + 1;

    // A table: counting asks several times for each record.
    private static ReadOnlySpan<long> LengthsMilliseconds => [60_000, 300_000, 3_600_000, 86_400_000, 604_800_000];

    /// <summary>Length in milliseconds.</summary>
    public static long Milliseconds(WindowLength window) => LengthsMilliseconds[(int)window];

    /// <summary>Length in seconds.</summary>
    public static int Seconds(WindowLength window) => window switch
    {
        WindowLength.OneMinute => 60,
        WindowLength.FiveMinutes => 300,
        WindowLength.OneHour => 3_600,
        WindowLength.OneDay => 86_400,
        WindowLength.SevenDays => 604_800,
        _ => throw new ArgumentOutOfRangeException(nameof(window), window, "Not a window."),
    };

    /// <summary>The last part of a feature's name, such as "1h".</summary>
    public static string Name(WindowLength window) => window switch
    {
        WindowLength.OneMinute => "1m",
        WindowLength.FiveMinutes => "5m",
        WindowLength.OneHour => "1h",
        WindowLength.OneDay => "24h",
        WindowLength.SevenDays => "7d",
        _ => throw new ArgumentOutOfRangeException(nameof(window), window, "Not a window."),
    };

    /// <summary>The window in English, as in "in the last 1 hour".</summary>
    public static string English(WindowLength window) => window switch
    {
        WindowLength.OneMinute => "1 minute",
        WindowLength.FiveMinutes => "5 minutes",
        WindowLength.OneHour => "1 hour",
        WindowLength.OneDay => "24 hours",
        _ => "7 days",
    };

    /// <summary>The window in Simplified Chinese.</summary>
    public static string Chinese(WindowLength window) => window switch
    {
        WindowLength.OneMinute => "1 分钟",
        WindowLength.FiveMinutes => "5 分钟",
        WindowLength.OneHour => "1 小时",
        WindowLength.OneDay => "24 小时",
        _ => "7 天",
    };
}
