using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Rights;

/// <summary>All that the service keeps beyond a request. Byte layouts: docs/windows.md.</summary>
internal static class StoredDataList
{
    private static readonly InventoryText Analysts = new(
        "risk analysts: counts, and the first 8 hexadecimal digits of pseudonyms",
        "风控分析人员：可见计数及假名的前 8 位十六进制数字");

    private static readonly InventoryText Nobody = new("nobody; only the service reads it", "无人可见，仅由服务读取");

    private static readonly InventoryText Officers = new("privacy officers and auditors", "个人信息保护负责人与审计人员");

    /// <summary>The kinds of data.</summary>
    public static readonly IReadOnlyList<StoredData> All =
    [
        new(
            new("window log of an entity (account, device, identifier, SIM card, access point, network, group of like devices)", "各对象（账号、设备、标识符、手机卡、无线接入点、网络、同类设备群组）的窗口日志"),
            new("store; `w`, key epoch, kind of entity, pseudonym", "存储；`w`、密钥期号、对象类别、假名"),
            new(
                "for each event 32 bytes: time, scene, outcome, and the first 64 bits of the pseudonyms of account, device and event id; in the account's own log, instead of the account: 21 bits of the network, the country of the address, and whether it is where the person is; in the device's own log 32 of the device's bits are replaced by what proves labels (emulator, root, hooks and the like), which are told of for 7 days",
                "每个事件 32 字节：时间、场景、结果，以及账号、设备、事件编号假名的前 64 位；账号自身的日志以网络的 21 位、IP 所在国家及其是否为本人所在地代替账号；设备自身的日志以标签（模拟器、Root、Hook 等）的依据代替设备假名中的 32 位，标签在 7 天内告知"),
            AfterLastWrite((int)WindowLimits.Retention.TotalDays, RetentionClasses.WindowDays),
            new("count events in sliding windows; tell a new country or an impossible journey; tell what was found on a device lately", "在滑动窗口中计数；识别新的国家与不可能的行程；告知近期在设备上的发现"),
            Analysts),
        new(
            new("entities of an account, or of an event without one", "账号（或无账号事件）涉及的对象"),
            new("store; `c`, key epoch, account or event, pseudonym", "存储；`c`、密钥期号、账号或事件、假名"),
            new("which entities the events had: kinds and pseudonyms, with the time", "事件涉及哪些对象：类别与假名，以及时间"),
            AfterLastWrite((int)WindowLimits.ContextRetention.TotalDays, RetentionClasses.ContextDays),
            new(
                "bring an outcome that is reported later to every window of its event; find all of an account for export and erasure",
                "将事后上报的结果写入该事件的各窗口；为导出与删除查找某账号的全部数据"),
            Nobody),
        new(
            new("journal of the lists", "名单日志"),
            new("store; `l1`", "存储；`l1`"),
            new("for each entry 32 bytes: key epoch, kind of entity, list, end, pseudonym", "每个条目 32 字节：密钥期号、对象类别、名单、到期时间、假名"),
            AfterLastWrite((int)ListLimits.MaxLifetime.TotalDays, null),
            new("apply decisions about entities on every instance", "在各实例上执行针对对象的处置决定"),
            Analysts),
        new(
            new("consent markers", "同意标记"),
            new("store; `k1`", "存储；`k1`"),
            new(
                "for each decision 32 bytes: key epoch, withdrawn category, or that the account is a minor's or was erased, the time, the account's pseudonym",
                "每项决定 32 字节：密钥期号、已撤回的类别（或账号属于未成年人、账号已删除）、时间、账号假名"),
            new(
                "90 days; that an account was erased 25 hours",
                "90 天；账号已删除的标记为 25 小时"),
            new(
                "keep to a withdrawal; read less of minors; not write late events of an erased account",
                "执行撤回决定；对未成年人减少读取；不写入已删除账号的迟到事件"),
            new("privacy officers", "个人信息保护负责人")),
        new(
            new("decision archive", "决策档案"),
            new("files of the service's own, one folder for each hour", "服务自有文件，按小时分文件夹"),
            new(
                "for each decision: time, scene, score, verdict, labels, the rules that fired and what each added; the features that they rest on, conclusions from signals that are kept no longer than the request among them; the first 64 bits of the pseudonyms of the event id and of every entity of the event; the country of the address, whether it is where the person is, and whether the event came late; and counts by minute that belong to nobody. For each reported outcome: what and when, and the first 64 bits of the pseudonyms of the event id, the account and every entity that it was written to",
                "每项决策：时间、场景、分数、结论、标签、命中的规则及各自加分；其所依据的特征（包括由仅在请求期间处理的信号得出的结论）；事件编号及事件各对象假名的前 64 位；IP 所在国家、是否为本人所在地、事件是否迟到；以及不对应任何个人的每分钟计数。每条上报结果：结果与时间，事件编号、账号及其写入的各对象假名的前 64 位"),
            new(
                "as the operator configures, 30 days unless changed, at most 31",
                "由运营方配置，默认 30 天，至多 31 天"),
            new(
                "explain decisions, find gangs, and try a changed policy on what has happened, with the windows counted anew",
                "解释决策、发现团伙、以历史数据（含重新计数的窗口）试运行变更后的策略"),
            Analysts),
        new(
            new("feedback on decisions", "决策反馈标注"),
            new("`feedback.jsonl` in the folder of the decision archive", "决策档案目录中的 `feedback.jsonl`"),
            new(
                "for each decision that somebody marked: the mark (confirmed, false positive, missed), who set it and when; time, scene, verdict, score and rules of the decision; the first 64 bits of the pseudonyms of the event id and of the account",
                "每个被标注的决策：标注（判定正确、误判、漏判）、标注人与时间；决策的时间、场景、结论、分数与规则；事件编号与账号假名的前 64 位"),
            new("as long as the decision: 30 days unless changed, at most 31", "与决策相同：默认 30 天，至多 31 天"),
            new("measure how often each rule is right", "衡量各规则的准确率"),
            Analysts),
        new(
            new("drafts and versions of the policy", "策略草稿与版本"),
            new("folder `Antifraud:Policy:Directory`", "目录 `Antifraud:Policy:Directory`"),
            new(
                "rules, thresholds, and which of the risk team's people wrote, approved and published them, with their comments; nothing of the people behind the accounts",
                "规则、阈值，以及风控团队中编写、批准、发布的人员及其说明；不含账号持有人的任何信息"),
            new("drafts until they are published or deleted; versions until the operator removes them", "草稿至发布或删除为止；版本至运营方删除为止"),
            new("know who changed what, and go back", "追溯变更并支持回滚"),
            Analysts),
        new(
            new("audit log", "审计日志"),
            new("file of its own, append only, each line chained to the one before", "独立文件，只可追加，逐行以哈希相连"),
            new(
                "for each call of a right, change of a list or of the policy, and step of a key rotation: time, caller, purpose, the first 64 bits of the pseudonym concerned, what was done",
                "每次权利请求、名单与策略变更及密钥轮换步骤：时间、调用方、目的、相关假名的前 64 位、所做处理"),
            new($"{RetentionClasses.AuditDays} days (Personal Information Protection Law Art. 56: at least three years)", $"{RetentionClasses.AuditDays} 天（《个人信息保护法》第五十六条：至少三年）"),
            new("prove what was done with personal data, and why", "证明对个人信息做过何种处理及其原因"),
            Officers),
        new(
            new("key file", "密钥文件"),
            new("file that only the service's user may read", "仅服务用户可读的文件"),
            new("the master key of each key epoch; no personal data", "各密钥期的主密钥；不含个人信息"),
            new("until a rotation destroys the epoch's key", "直至轮换时销毁该期密钥"),
            new("make pseudonyms that nobody without the key can make", "使无密钥者无法生成假名"),
            Nobody),
        new(
            new("health check", "健康检查"),
            new("store (Redis only); `p`, number", "存储（仅 Redis）；`p`、编号"),
            new("nothing", "无内容"),
            new("1 minute", "1 分钟"),
            new("see whether the store takes writes", "检查存储是否可写"),
            Nobody),
        new(
            new("metrics and service log", "指标与服务日志"),
            new("`/metrics`; standard output", "`/metrics`；标准输出"),
            new("counts and durations by scene, verdict and cause; no identifier and no pseudonym", "按场景、结论、原因统计的次数与耗时；不含标识符与假名"),
            new("as the operator configures", "由运营方配置"),
            new("operate the service", "运行维护"),
            new("operators", "运维人员")),
    ];

    private static InventoryText AfterLastWrite(int days, int? recordDays) => recordDays is { } bound
        ? new($"{days} days after the last write; a single record at most {bound} days", $"最后一次写入后 {days} 天；单条记录至多 {bound} 天")
        : new($"{days} days after the last write", $"最后一次写入后 {days} 天");
}
