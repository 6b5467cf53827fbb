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

    /// <summary>How asking the store ended, by number.</summary>
    public static readonly string[] Stores = All<StoreStatus>();

    /// <summary>The word of the store's full answers.</summary>
    public static string StoreOk => Stores[(int)StoreStatus.Ok];

    private static string[] All<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(static value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()))];
}
