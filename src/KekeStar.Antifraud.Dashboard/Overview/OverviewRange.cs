using KekeStar.Antifraud.Dashboard.Archiving;

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
        Archived(TimeRange.Hour),
        Archived(TimeRange.Day),
        Archived(TimeRange.Week),
    ];

    /// <summary>Its name in the address.</summary>
    public string Name { get; }

    /// <summary>Key of its text.</summary>
    public string Text => IsLive ? "Overview.Live" : TimeRange.TextOf(Name);

    /// <summary>How long it is.</summary>
    public TimeSpan Length { get; }

    /// <summary>True if it is told from memory.</summary>
    public bool IsLive { get; }

    /// <summary>Its address.</summary>
    public string Address => IsLive ? "/" : $"/?range={Name}";

    /// <summary>The range of a name; of any other text the live one.</summary>
    public static OverviewRange Of(string? name) => All.FirstOrDefault(range => range.Name == name, Live);

    private static OverviewRange Archived(string name) => new(name, TimeRange.LengthOf(name), isLive: false);
}
