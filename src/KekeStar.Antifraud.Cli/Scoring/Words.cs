using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Scoring;

/// <summary>The fixed words of a printed reply in one language.</summary>
internal sealed record Words(
    ReasonLanguage Language,
    string Score,
    string BatchRegistration,
    string Bot,
    string AccountTheft,
    string Labels,
    string RiskLabels,
    string LastSeen,
    string Contribution,
    string Feature,
    string Value,
    string Window,
    string Reason,
    string NoReasons,
    string AtLeast,
    string Degraded,
    string Dropped,
    string Policy,
    string Model,
    string Second,
    string Seconds,
    string Minute,
    string Minutes,
    string Hour,
    string Hours,
    string Days)
{
    /// <summary>English.</summary>
    public static readonly Words English = new(
        ReasonLanguage.English,
        Score: "score",
        BatchRegistration: "batch registration",
        Bot: "bot",
        AccountTheft: "account theft",
        Labels: "labels",
        RiskLabels: "known of device, account and network",
        LastSeen: "last seen",
        Contribution: "Points",
        Feature: "Feature",
        Value: "Value",
        Window: "Window",
        Reason: "Reason",
        NoReasons: "no rule fired",
        AtLeast: "≥ marks a count that is a lower bound.",
        Degraded: "Degraded answer",
        Dropped: "Signals sent but not used",
        Policy: "policy",
        Model: "model",
        Second: "1 second",
        Seconds: "seconds",
        Minute: "1 minute",
        Minutes: "minutes",
        Hour: "1 hour",
        Hours: "hours",
        Days: "days");

    /// <summary>Simplified Chinese.</summary>
    public static readonly Words Chinese = new(
        ReasonLanguage.SimplifiedChinese,
        Score: "风险分",
        BatchRegistration: "批量注册",
        Bot: "机器操作",
        AccountTheft: "盗号",
        Labels: "标签",
        RiskLabels: "已知的设备、账号与网络情况",
        LastSeen: "最近一次",
        Contribution: "得分",
        Feature: "特征",
        Value: "取值",
        Window: "时间窗",
        Reason: "原因",
        NoReasons: "没有命中规则",
        AtLeast: "≥ 表示该计数只是下限。",
        Degraded: "降级结果",
        Dropped: "已上报但未使用的信号",
        Policy: "策略",
        Model: "模型",
        Second: "1 秒",
        Seconds: "秒",
        Minute: "1 分钟",
        Minutes: "分钟",
        Hour: "1 小时",
        Hours: "小时",
        Days: "天");

    /// <summary>The words for "en" or "zh".</summary>
    public static Words Of(string language) => language == "zh" ? Chinese : English;

    /// <summary>A window of the feature catalogue in words; empty for none.</summary>
    /// <param name="seconds">Length in seconds.</param>
    public string Span(uint seconds) => seconds switch
    {
        0 => "",
        1 => Second,
        60 => Minute,
        3_600 => Hour,
        > 86_400 when seconds % 86_400 == 0 => $"{seconds / 86_400} {Days}",
        > 3_600 when seconds % 3_600 == 0 => $"{seconds / 3_600} {Hours}",
        > 60 when seconds % 60 == 0 => $"{seconds / 60} {Minutes}",
        _ => $"{seconds} {Seconds}",
    };
}
