namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>An alert of ops/prometheus/alerts.yaml.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expression">PromQL.</param>
/// <param name="Severity">page or ticket.</param>
/// <param name="Summary">What people read first.</param>
/// <param name="Runbook">Link into the runbook.</param>
internal sealed record AlertRule(string Name, string Expression, string Severity, string Summary, string Runbook)
{
    /// <summary>Every alert.</summary>
    public static IReadOnlyList<AlertRule> All { get; } =
    [
        .. Yaml.Load("ops/prometheus/alerts.yaml").At("groups").Items()
            .SelectMany(static group => group.At("rules").Items())
            .Select(static rule => new AlertRule(
                rule.At("alert").Text(),
                rule.At("expr").Text(),
                rule.At("labels", "severity").Text(),
                rule.At("annotations", "summary").Text(),
                rule.At("annotations", "runbook_url").Text())),
    ];
}
