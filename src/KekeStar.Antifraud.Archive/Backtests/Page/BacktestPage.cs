using System.Globalization;
using System.Net;
using System.Text;
using KekeStar.Antifraud.Archive.Judging;
using KekeStar.Antifraud.Archive.Receipts;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Archive.Backtests.Page;

/// <summary>
/// Writes a backtest's report as one HTML file in both languages: no script, and nothing from outside. Which language is shown a
/// switch at its top decides, by style alone.
/// </summary>
internal sealed class BacktestPage
{
    private const string Style = """
        :root { color-scheme: light dark; --then: #8a94a6; --now: #c2410c; --line: #8884; --soft: #8882; }
        body { font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
        table { border-collapse: collapse; width: 100%; } th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; }
        th:first-child, td:first-child, td.text, th.text { text-align: left; } .wide { overflow-x: auto; }
        svg { width: 100%; height: auto; } svg text { font-size: 11px; fill: currentColor; }
        rect.then, .then circle { fill: var(--then); } rect.now, .now circle { fill: var(--now); }
        .then line { stroke: var(--then); stroke-width: 2; } .now line { stroke: var(--now); stroke-width: 2; }
        .key.then::before, .key.now::before { content: "■ "; } .key.then::before { color: var(--then); } .key.now::before { color: var(--now); }
        .zh, #zh:checked ~ main .en { display: none; } #zh:checked ~ main .zh { display: inline; }
        .changed { background: var(--soft); font-weight: 600; } code { font-size: .9em; }
        """;

    private static readonly Verdict[] Verdicts = [Verdict.Pass, Verdict.Review, Verdict.Challenge, Verdict.Reject];

    private readonly BacktestReport _report;
    private readonly StringBuilder _html = new();

    private BacktestPage(BacktestReport report) => _report = report;

    /// <summary>Writes the page.</summary>
    public static string Write(BacktestReport report) => new BacktestPage(report).Write();

    private string Write()
    {
        _html.Append(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Backtest · 回测</title><style>{Style}</style></head><body>
            <input type="radio" name="language" id="en" checked><label for="en">English</label>
            <input type="radio" name="language" id="zh"><label for="zh" lang="zh-CN">简体中文</label>
            <main>
            """);
        _html.Append($"<h1>{T("Backtest", "回测")}</h1>");
        WriteFacts();
        WriteAgreement();
        WriteFlips();
        WriteScores();
        WriteSegments();
        WriteRules();
        WriteNotes();
        return _html.Append("</main></body></html>\n").ToString();
    }

    private static string T(string english, string chinese) => new PageText(english, chinese).Html;

    private static string E(string text) => WebUtility.HtmlEncode(text);

    private void Heading(string english, string chinese) => _html.Append($"<h2>{T(english, chinese)}</h2>");

    private void Table(IEnumerable<string> heads, IEnumerable<IEnumerable<string>> rows)
    {
        _html.Append("<div class=\"wide\"><table><thead><tr>");
        foreach (var head in heads)
        {
            _html.Append($"<th>{head}</th>");
        }

        _html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            _html.Append("<tr>");
            foreach (var cell in row)
            {
                _html.Append($"<td>{cell}</td>");
            }

            _html.Append("</tr>");
        }

        _html.Append("</tbody></table></div>");
    }

    private void WriteFacts()
    {
        var rows = _report.Rows;
        Table([T("What", "项目"), ""], [
            [T("Range", "范围"), $"{PageNumbers.Time(_report.From)} – {PageNumbers.Time(_report.To)}"],
            [T("Windows filled from", "窗口预热起点"), PageNumbers.Time(_report.WarmUpFrom)],
            [T("Policy tried", "试验策略"), _report.Tried is { } tried ? $"<code>{E(tried)}</code>" : T("each decision's own", "各决策当时的策略")],
            [T("Decisions", "决策数"), PageNumbers.Count(rows.Decisions)],
            [T("Decisions before the range, for the windows", "范围之前用于预热的决策数"), PageNumbers.Count(rows.WarmUp)],
            [T("Reported outcomes", "上报结果数"), PageNumbers.Count(rows.Outcomes)],
            [T("Decisions whose truth is known", "已知真伪的决策数"), PageNumbers.Count(_report.Labelled)],
            [T("Decisions whose verdict changes", "结论改变的决策数"), PageNumbers.Count(_report.Changed)],
        ]);
    }

    private void WriteAgreement()
    {
        var agreement = _report.Agreement;
        Heading("Is the replay exact?", "重放是否精确？");
        Table([T("Under the policy of then", "按当时的策略"), T("equal", "一致")], [
            [T("verdicts", "结论"), PageNumbers.Equal(agreement.EqualVerdicts, agreement.Decided)],
            [T("scores", "分数"), PageNumbers.Equal(agreement.EqualScores, agreement.Decided)],
            [T("all features, windows counted anew", "全部特征（窗口重新计数）"), PageNumbers.Equal(agreement.EqualFeatures, agreement.Rebuilt)],
        ]);
        if (agreement.Features.Count > 0)
        {
            Table([T("Feature that differs", "不一致的特征"), T("decisions", "决策数")], agreement.Features.Take(20).Select(static feature =>
                (IEnumerable<string>)[$"<code>{E(feature.Feature)}</code>", PageNumbers.Count(feature.Decisions)]));
        }
    }

    private void WriteFlips()
    {
        Heading("Verdicts: then (rows), now (columns)", "结论：当时（行）与现在（列）");
        Table(["", .. Verdicts.Select(static verdict => BacktestWords.Of(verdict).Html)], Verdicts.Select(then =>
            (IEnumerable<string>)[BacktestWords.Of(then).Html, .. Verdicts.Select(now => Cell(then, now))]));
        if (_report.Examples.Count > 0)
        {
            Table(
                [T("Examples", "示例"), T("time", "时间"), T("scene", "场景"), T("then", "当时"), T("now", "现在"), T("score", "分数")],
                _report.Examples.Select(static example => (IEnumerable<string>)
                [
                    $"<code>{DecisionReference.TextOf(example.Decision)}</code>",
                    PageNumbers.Time(example.Time),
                    E(example.Scene),
                    BacktestWords.Of(example.Then).Html,
                    BacktestWords.Of(example.Now).Html,
                    string.Create(CultureInfo.InvariantCulture, $"{example.ScoreThen} → {example.ScoreNow}"),
                ]));
        }
    }

    private string Cell(Verdict then, Verdict now)
    {
        var count = _report.Flips.Where(flip => flip.Then == then && flip.Now == now).Sum(static flip => flip.Count);
        return count > 0 && then != now ? $"<span class=\"changed\">{PageNumbers.Count(count)}</span>" : PageNumbers.Count(count);
    }

    private void WriteScores()
    {
        Heading("Scores", "分数");
        WriteKey();
        _html.Append(ScoreChart.Draw(_report.Scores));
    }

    private void WriteKey() =>
        _html.Append($"<p><span class=\"key then\">{T("then", "当时")}</span> · <span class=\"key now\">{T("now", "现在")}</span></p>");

    private void WriteSegments()
    {
        Heading("Segments", "分组");
        _html.Append($"<p>{T(
            "Stopped is what is challenged or rejected. In brackets: 95 % intervals (Wilson).",
            "“拦截”指验证或拒绝。括号内为 95 % 置信区间（Wilson）。")}</p>");
        _html.Append($"<p>{T("Share of decisions that is stopped:", "被拦截决策的占比：")}</p>");
        WriteKey();
        _html.Append(ShareChart.Draw([.. _report.Segments.Select(static segment => (
            segment.Kind == SegmentKind.All ? "all · 全部" : segment.Name, Stopped(segment.Then, segment.Decisions), Stopped(segment.Now, segment.Decisions)))]));
        Table(
            [
                T("segment", "分组"), T("decisions", "决策数"), "", T("challenged", "验证率"), T("rejected", "拒绝率"), T("precision", "精确率"),
                T("recall", "召回率"), T("honest stopped", "误拦率"),
            ],
            _report.Segments.SelectMany(static segment => (IEnumerable<IEnumerable<string>>)
            [
                [BacktestWords.Of(segment).Html, PageNumbers.Count(segment.Decisions), T("then", "当时"), .. Cells(segment.Then)],
                ["", "", T("now", "现在"), .. Cells(segment.Now)],
            ]));
    }

    private static Share Stopped(SegmentMeasures measures, long decisions) => new(measures.Challenged.Hits + measures.Rejected.Hits, decisions);

    private static IEnumerable<string> Cells(SegmentMeasures measures) =>
    [
        PageNumbers.Of(measures.Challenged),
        PageNumbers.Of(measures.Rejected),
        PageNumbers.Of(measures.Precision),
        PageNumbers.Of(measures.Recall),
        PageNumbers.Of(measures.FalseStops),
    ];

    private void WriteRules()
    {
        Heading("Rules", "规则");
        Table(
            [T("rule", "规则"), T("fired then", "当时命中"), T("fires now", "现在命中"), T("as shadow", "其中影子规则"), T("precision", "精确率"), T("recall", "召回率")],
            _report.Rules.Select(static rule => (IEnumerable<string>)
            [
                $"<code>{E(rule.Rule)}</code>",
                PageNumbers.Count(rule.Then),
                PageNumbers.Count(rule.Now),
                PageNumbers.Count(rule.ShadowNow),
                PageNumbers.Of(rule.Precision),
                PageNumbers.Of(rule.Recall),
            ]));
    }

    private void WriteNotes()
    {
        Heading("What to know", "说明");
        _html.Append("<ul>");
        foreach (var note in _report.Notes)
        {
            _html.Append($"<li>{BacktestWords.Of(note).Html}</li>");
        }

        _html.Append($"<li>{T(
            "Other verdicts would have led to other events, such as an account that was never made. That cannot be replayed. Lists are taken as they were.",
            "不同的结论会导致不同的后续事件（例如账号不会被创建），这无法重放。名单按当时的状态计。")}</li></ul>");
    }
}
