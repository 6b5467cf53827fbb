using System.Text.RegularExpressions;

namespace KekeStar.Antifraud.Dashboard.Policies;

/// <summary>
/// What the loader says of a policy, in Chinese. The loader speaks English alone, on the command line and in logs; names, words of the policy
/// and numbers are the same in both.
/// </summary>
internal static class LoaderChinese
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    // {0} and {1} stand for what differs; the longer texts come before those that they begin with.
    private static readonly (string English, string Chinese)[] Known =
    [
        ("nothing", "缺失"),
        ("an unknown member", "未知成员"),
        ("an object", "对象"),
        ("an array", "数组"),
        ("an empty array", "空数组"),
        ("{0} rules", "{0} 条规则"),
        ("at most {0} bytes", "至多 {0} 字节"),
        ("{0} bytes", "{0} 字节"),
        ("{0} characters", "{0} 个字符"),
        ("text that is not JSON ({0})", "不是 JSON 的文本"),
        ("one JSON object in UTF-8, no member twice, at most 16 levels", "一个 UTF-8 编码的 JSON 对象，成员不重复，至多 16 层"),
        ("a text with half a surrogate pair", "含半个代理对的文本"),
        ("texts of whole Unicode characters", "完整的 Unicode 字符"),
        ("\"{0}\", which rules[{1}] has already", "“{0}”，rules[{1}] 已使用"),
        ("an id of its own", "不重复的编号"),
        ("characters A-Z, a-z, 0-9, '.', '_' and '-'", "字符 A-Z、a-z、0-9、“.”、“_”、“-”"),
        ("characters a-z, 0-9 and _", "字符 a-z、0-9、_"),
        ("less than the smallest reject threshold that an entity meets ({0}): no shared signal alone rejects", "小于实体可能遇到的最小拒绝阈值（{0}）：单个共享信号不得导致拒绝"),
        ("a whole number from -1000 to 1000 other than 0; \"shadow\": true makes a rule count without adding", "-1000 至 1000 的整数，不含 0；只计数不加分请设为影子规则"),
        ("a whole number from {0} to {1}", "{0} 至 {1} 的整数"),
        ("true or false (default {0})", "true 或 false（默认 {0}）"),
        ("a text of 1 to {0} characters", "1 至 {0} 个字符的文本"),
        ("an array of 1 to {0} rules", "1 至 {0} 条规则的数组"),
        ("\"all\", or an array of different ones of {0}", "\"all\"，或由以下不重复的值组成的数组：{0}"),
        ("more than {0} ({1})", "大于 {0}（{1}）"),
        (
            "review, challenge, reject; pass only beside \"accept_unscored\": true, which says that events may go through unscored while the store is away",
            "review、challenge、reject；仅当 \"accept_unscored\": true（存储不可用时事件可不评分放行）时可为 pass"),
        ("an expression that cannot be read ({0})", "无法解析的表达式"),
        ("a condition, such as {0}", "条件，例如 {0}"),
        ("a condition on a shared signal that holds for every event, even one alone in the world", "对任何单独事件都成立的共享信号条件"),
        ("in a rule of positive weight, evidence: more than one event gives by itself", "正分规则需要证据：单个事件本身达不到的值"),
        ("alternatives that rest on {0} alone", "分别仅依赖 {0} 的“或”条件"),
        ("one shared signal per alternative, so that its cap can hold: write two rules", "每条规则仅依赖一个共享信号，以便上限生效：请拆成两条规则"),
        ("&& for \"and\"", "用 && 表示“且”"),
        ("|| for \"or\"", "用 || 表示“或”"),
        ("! for \"not\"", "用 ! 表示“非”"),
        ("a flag by itself, such as captcha.failed, or ! before it", "单独的标志，例如 captcha.failed，或在其前加 !"),
        ("a feature of the catalogue (docs/features.md); the nearest name is {0}", "特征目录中的特征，最接近的名称为 {0}"),
        ("a feature of the catalogue (docs/features.md)", "特征目录中的特征"),
        ("a decimal number of at most 15 characters, such as 5 or 0.25", "至多 15 个字符的十进制数，例如 5 或 0.25"),
        ("a further '('", "更深一层的“(”"),
        ("at most {0} parentheses inside each other", "括号嵌套至多 {0} 层"),
        ("'{0}' after two others", "连续三个“{0}”"),
        ("one '-' or '!' before an operand", "操作数前只能有一个“-”或“!”"),
        ("features, numbers, {0}", "特征、数字、{0}"),
        ("the operation {0} on {1}", "对 {1} 的运算 {0}"),
        ("comparisons, arithmetic, &&, ||, ! and parentheses over features and numbers", "对特征与数字的比较、算术、&&、||、! 与括号"),
        ("a comparison of constants", "常量之间的比较"),
        ("a comparison that a feature takes part in", "有特征参与的比较"),
        ("a condition that holds while {0} is unknown", "{0} 未知时也成立的条件"),
        (
            "in a rule of positive weight, conditions that absence cannot make true: no != and no ! over a feature that may be unknown; write the opposite comparison",
            "正分规则的条件不得因特征缺失而成立：对可能未知的特征不可用 != 或 !，请写相反的比较"),
        ("{0}, which a user may refuse ({1})", "{0}，用户可拒绝提供（{1}）"),
        (
            "in a rule of negative weight, features of the category Essential only: whoever refuses the others would score higher",
            "负分规则只能使用必要类别的特征，否则拒绝其他类别的用户分数会更高"),
        ("{0}, which falls when a signal is refused, where a smaller value makes the rule fire", "{0}，拒绝提供信号时会变小，而较小的值会使规则命中"),
        ("{0}, which falls when a signal is refused, where a larger value makes the rule fire", "{0}，拒绝提供信号时会变小，而较大的值会使规则命中"),
        ("only lower bounds (> or >=) on it in a rule of positive weight", "正分规则对其只能用下界（> 或 >=）"),
        ("only upper bounds (< or <=) on it in a rule of negative weight", "负分规则对其只能用上界（< 或 <=）"),
        ("a comparison of {0} that is never true", "{0} 永不成立的比较"),
        ("at most {0}: thresholds move by twice the width, and stay above 0 and at or below {1}", "至多 {0}：阈值的移动幅度为宽度的两倍，移动后须大于 0 且不超过 {1}"),
        ("at most {0}: with more, a signal of the largest cap ({1}) alone could reject", "至多 {0}：再高则上限最大的单个信号（{1}）即可导致拒绝"),
        ("the SHA-256 of a model file: 64 digits 0-9 and a-f", "模型文件的 SHA-256：64 位 0-9、a-f"),
        ("another id: in a policy that names a model, reasons and records call the model so", "其他编号：策略引用模型时，理由与记录以此名称指模型"),
        ("a model that does not ship with this build", "本版本未附带的模型"),
        ("the shipped model; others need Antifraud:Models:Directory", "随附的模型；其他模型需设置 Antifraud:Models:Directory"),
        ("a model whose file {0} cannot be read ({1})", "文件 {0} 无法读取的模型（{1}）"),
        ("the hash of a model file that lies there before the policy names it", "模型文件的哈希，文件须先于策略就位"),
        ("the file {0}, whose SHA-256 is {1}", "文件 {0}，其 SHA-256 为 {1}"),
        ("a file named by its own SHA-256", "以自身 SHA-256 命名的文件"),
        ("thresholds that can be reached: counts are read up to {0}", "可达到的阈值：计数至多读到 {0}"),
        ("thresholds that can be reached: {0} goes from 0 to {1}", "可达到的阈值：{0} 的范围为 0 至 {1}"),
    ];

    private static readonly (Regex Pattern, string Chinese)[] Patterns = [.. Known.Select(static pair => (PatternOf(pair.English), pair.Chinese))];

    /// <summary>The Chinese of what the loader says; null: it is not known here.</summary>
    public static string? Of(string english)
    {
        foreach (var (pattern, chinese) in Patterns)
        {
            if (pattern.Match(english) is { Success: true } match)
            {
                return chinese
                    .Replace("{0}", match.Groups["first"].Value, StringComparison.Ordinal)
                    .Replace("{1}", match.Groups["second"].Value, StringComparison.Ordinal);
            }
        }

        return null;
    }

    private static Regex PatternOf(string english) => new(
        $"^{Regex.Escape(english).Replace("\\{0}", "(?<first>.+?)", StringComparison.Ordinal).Replace("\\{1}", "(?<second>.+?)", StringComparison.Ordinal)}$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Singleline,
        Timeout);
}
