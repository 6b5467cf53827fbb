namespace KekeStar.Antifraud.Dashboard.Overview;

/// <summary>What time the overview tells of: the last minutes from memory, or longer from the archive.</summary>
internal sealed class OverviewRange
{
    private OverviewRange(string name, TimeSpan length, bool isLive)
    {
        Name = name;
        Length = length;
        IsLive = isLive;
    }

    /// <summary>The last minutes, from memory.</summary>
    public static OverviewRange Live { get; } = new("live", OverviewView.All, isLive: true);

    /// <summary>All of them, the shortest first.</summary>
    public static IReadOnlyList<OverviewRange> All { get; } =
    [
        Live,
        new("1h", TimeSpan.FromHours(1), isLive: false),
        new("24h", TimeSpan.FromHours(24), isLive: false),
        new("7d", TimeSpan.FromDays(7), isLive: false),
    ];

    /// <summary>Its name in the address.</summary>
    public string Name { get; }

    /// <summary>Key of its text.</summary>
    public string Text => IsLive ? "Overview.Live" : $"Range.{Name}";

    /// <summary>How long it is.</summary>
    public TimeSpan Length { get; }

    /// <summary>True if it is told from memory.</summary>
    public bool IsLive { get; }

    /// <summary>Its address.</summary>
    public string Address => IsLive ? "/" : $"/?range={Name}";

    /// <summary>The range of a name; of any other text the live one.</summary>
    public static OverviewRange Of(string? name) => All.FirstOrDefault(range => range.Name == name, Live);
}
