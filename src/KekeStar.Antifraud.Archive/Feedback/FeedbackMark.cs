using System.Text.Json;

namespace KekeStar.Antifraud.Archive.Feedback;

/// <summary>What a person found out about a decision.</summary>
internal enum FeedbackMark
{
    /// <summary>Nothing any more: a mark was taken back.</summary>
    None,

    /// <summary>It was right to stop the event; not for PASS.</summary>
    Confirmed,

    /// <summary>It was wrong to stop the event; not for PASS.</summary>
    FalsePositive,

    /// <summary>The event should have been stopped; not for REJECT.</summary>
    Missed,
}

/// <summary>The names of <see cref="FeedbackMark"/> in the file and in the audit log. They never change.</summary>
internal static class FeedbackMarks
{
    private static readonly Dictionary<FeedbackMark, string> Names = Enum.GetValues<FeedbackMark>()
        .ToDictionary(static mark => mark, static mark => JsonNamingPolicy.SnakeCaseLower.ConvertName(mark.ToString()));

    /// <summary>The marks that can be set, in the order of menus.</summary>
    public static IReadOnlyList<FeedbackMark> All { get; } = [FeedbackMark.Confirmed, FeedbackMark.FalsePositive, FeedbackMark.Missed];

    /// <summary>The name of a mark.</summary>
    public static string NameOf(FeedbackMark mark) => Names[mark];

    /// <summary>The mark of a name; null: there is none.</summary>
    public static FeedbackMark? Find(string name)
    {
        foreach (var (mark, known) in Names)
        {
            if (known == name)
            {
                return mark;
            }
        }

        return null;
    }

    /// <summary>True if a decision with a verdict can have the mark.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="verdict">The verdict, such as <c>reject</c>.</param>
    public static bool Fits(FeedbackMark mark, string verdict) => mark switch
    {
        FeedbackMark.None => true,
        FeedbackMark.Missed => verdict != "reject",
        _ => verdict != "pass",
    };
}
