namespace KekeStar.Antifraud.Rights;

/// <summary>Titles, column headings and explanations of the data inventory, for whoever renders it.</summary>
internal static class InventoryWords
{
    /// <summary>Title of the whole.</summary>
    public static readonly InventoryText Title = new("Data inventory", "个人信息处理清单");

    /// <summary>What it is.</summary>
    public static readonly InventoryText Introduction = new(
        "Every signal that the service can be sent, why it is read, on which ground, what is kept of it and for how long. "
        + "It is generated from the contract that the service itself reads requests by. "
        + "Keyed hashes are pseudonymised data: they remain personal data, and the rights of users cover them. "
        + "A signal whose category was not granted is dropped before anything is made of it.",
        "服务可能收到的每一项信号、读取目的、合法性基础、保留内容与期限。本清单由服务读取请求时所依据的接口契约生成。"
        + "带密钥哈希属于去标识化数据：仍是个人信息，用户的各项权利同样适用。未获同意的类别，其信号在处理之前即被丢弃。");

    /// <summary>Title of the table of signals.</summary>
    public static readonly InventoryText Signals = new("Signals", "信号");

    /// <summary>Title of the table of grounds.</summary>
    public static readonly InventoryText Grounds = new("Consent categories and legal bases", "同意类别与合法性基础");

    /// <summary>Title of the table of kept data.</summary>
    public static readonly InventoryText Stored = new("What is stored", "存储内容");

    /// <summary>Title of the table of other fields.</summary>
    public static readonly InventoryText Others = new("Fields that are no signals", "非信号字段");

    /// <summary>Columns of the table of signals.</summary>
    public static readonly IReadOnlyList<InventoryText> SignalColumns =
    [
        new("signal", "信号"), new("sent in", "发送位置"), new("purpose", "目的"), new("consent category", "同意类别"),
        new("what is kept at most", "至多保留"), new("how long at most", "最长期限"), new("who may see it", "可见范围"),
    ];

    /// <summary>Columns of the table of grounds.</summary>
    public static readonly IReadOnlyList<InventoryText> GroundColumns = [new("consent category", "同意类别"), new("legal basis", "合法性基础")];

    /// <summary>Columns of the table of kept data.</summary>
    public static readonly IReadOnlyList<InventoryText> StoredColumns =
    [
        new("data", "数据"), new("place and key", "位置与键"), new("content", "内容"), new("lives", "期限"), new("purpose", "目的"),
        new("who may see it", "可见范围"),
    ];

    /// <summary>Columns of the table of other fields.</summary>
    public static readonly IReadOnlyList<InventoryText> OtherColumns = [new("field", "字段"), new("use", "用途")];

    /// <summary>A retention in words.</summary>
    public static InventoryText Days(int days) => days == 0
        ? new("not beyond the request", "不超出本次请求")
        : new($"{days} days", $"{days} 天");

    /// <summary>Several texts as one.</summary>
    public static InventoryText Join(IEnumerable<InventoryText> texts)
    {
        var all = texts.ToArray();
        return new(string.Join("; ", all.Select(text => text.English)), string.Join("；", all.Select(text => text.Chinese)));
    }
}
