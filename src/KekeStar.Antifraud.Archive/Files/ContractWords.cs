using System.Text.Json;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Archive.Files;

/// <summary>The words of the contract's enums as they stand in the archive: snake case, such as <c>new_device_login</c>.</summary>
internal static class ContractWords
{
    /// <summary>Scenes by number.</summary>
    public static readonly string[] Scenes = All<Scene>();

    /// <summary>Verdicts by number.</summary>
    public static readonly string[] Verdicts = All<Verdict>();

    /// <summary>Ways to challenge by number.</summary>
    public static readonly string[] Challenges = All<ChallengeKind>();

    /// <summary>Lists by number.</summary>
    public static readonly string[] Lists = All<ListKind>();

    /// <summary>Outcomes by number.</summary>
    public static readonly string[] Outcomes = All<Outcome>();

    /// <summary>How asking the store ended, by number.</summary>
    public static readonly string[] Stores = All<StoreStatus>();

    /// <summary>The word of the store's full answers.</summary>
    public static string StoreOk => Stores[(int)StoreStatus.Ok];

    /// <summary>Scene of a word; Unspecified: of none.</summary>
    public static Scene SceneOf(string word) => (Scene)Place(Scenes, word);

    /// <summary>Verdict of a word; Unspecified: of none.</summary>
    public static Verdict VerdictOf(string word) => (Verdict)Place(Verdicts, word);

    /// <summary>Way to challenge of a word; Unspecified: of null.</summary>
    public static ChallengeKind ChallengeOf(string? word) => (ChallengeKind)Place(Challenges, word);

    /// <summary>List of a word; Unspecified: of null.</summary>
    public static ListKind ListOf(string? word) => (ListKind)Place(Lists, word);

    /// <summary>Outcome of a word; Unspecified: of none.</summary>
    public static Outcome OutcomeOf(string word) => (Outcome)Place(Outcomes, word);

    /// <summary>How asking the store ended.</summary>
    public static StoreStatus StoreOf(string word) => (StoreStatus)Place(Stores, word);

    private static int Place(string[] words, string? word) => Math.Max(0, Array.IndexOf(words, word));

    private static string[] All<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(static value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()))];
}
