using System.Globalization;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Archive.Backtests.Page;

/// <summary>The words of a backtest's report, in both languages.</summary>
internal static class BacktestWords
{
    /// <summary>A verdict.</summary>
    public static PageText Of(Verdict verdict) => verdict switch
    {
        Verdict.Pass => new("pass", "通过"),
        Verdict.Review => new("review", "复核"),
        Verdict.Challenge => new("challenge", "验证"),
        Verdict.Reject => new("reject", "拒绝"),
        _ => new("none", "无"),
    };

    /// <summary>A segment.</summary>
    public static PageText Of(SegmentReport segment) => segment.Kind == SegmentKind.All ? new("all decisions", "全部决策") : PageText.Same(segment.Name);

    /// <summary>A kind of segments.</summary>
    public static PageText Of(SegmentKind kind) => kind switch
    {
        SegmentKind.Scene => new("scene", "场景"),
        SegmentKind.Label => new("actor", "行为方"),
        _ => PageText.Same(""),
    };

    /// <summary>What kept a backtest from being exact, or could have.</summary>
    public static PageText Of(BacktestNote note) => note.Kind switch
    {
        BacktestNoteKind.ShortHistory => new(
            "The archive begins within the warm-up. If windows were not empty then, features of the first days count less than they did.",
            "档案起点晚于预热起点。若当时窗口非空，最初几天的窗口特征会偏小。"),
        BacktestNoteKind.NoOutcomes => new(
            "The archive holds no reported outcomes: either none was reported, or they were recorded nowhere.",
            "档案中没有上报的结果：可能没有上报，也可能未被记录。"),
        BacktestNoteKind.Erased => new(
            Counted("{0:N0} decisions lost their features to an erasure or a withdrawal. They are not decided anew, and count in the windows of what is left of them.", note),
            Counted("{0:N0} 项决策的特征已因删除或撤回同意而清空：不重新决策，仅以剩余对象计入窗口。", note)),
        BacktestNoteKind.AsRecorded => new(
            Counted("{0:N0} decisions had no full answer of the store. They are decided anew from the recorded features.", note),
            Counted("{0:N0} 项决策当时未得到存储的完整应答，按记录的特征重新决策。", note)),
        BacktestNoteKind.UnknownPolicy => new(
            Counted("{0:N0} decisions were made under policies that are not at hand; name their files to compare them.", note),
            Counted("{0:N0} 项决策所用策略不在手边；提供其文件后方可比较。", note)),
        BacktestNoteKind.EmptiedOutcomes => new(
            Counted("{0:N0} outcomes lost the windows that they were written to, to a withdrawal.", note),
            Counted("{0:N0} 条结果因撤回同意已不含其写入的窗口。", note)),
        _ => new(
            Counted("The key epoch changed {0:N0} times. Windows of an epoch begin with the first decision under it; for seven days they count less than they did.", note),
            Counted("密钥期更换 {0:N0} 次。新密钥期的窗口自其首项决策开始，七天内计数偏小。", note)),
    };

    private static string Counted(string format, BacktestNote note) => string.Format(CultureInfo.InvariantCulture, format, note.Count);
}
