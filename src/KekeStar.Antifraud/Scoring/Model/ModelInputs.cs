using System.Collections.Frozen;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>
/// What a model may look at, and which way each of it may speak. The table is code and not the model file's word: so a refusal of
/// signals never raises a score and more accounts never lower one, whatever a model was trained on.
/// </summary>
/// <remarks>
/// <para>A feature that a refusal can change (outside the category ESSENTIAL, or falling with absence) may only raise, and unknown is its
/// least value. What lowers is ESSENTIAL and does not fall with absence. What is free is known for every event.</para>
/// <para>The scene is an input of its own, <c>scene.login</c> and so on: 1 for the event's scene, 0 for the others.</para>
/// </remarks>
internal static class ModelInputs
{
    /// <summary>Number of numbers: the features, then the scenes.</summary>
    public const int Count = FeatureCatalogue.Count + Policy.SceneCount;

    private const string ScenePrefix = "scene.";

    // A new account is the suspect one. Both are ESSENTIAL and read out of the account's own log.
    private static readonly FrozenSet<string> Lowering =
        new[] { "account.age_days", "account.known" }.ToFrozenSet(StringComparer.Ordinal);

    // Minutes since a passed challenge and a share or number of identifiers mean less harm when they are larger, and a refusal changes
    // them; a longer or quieter motion series is neither.
    private static readonly FrozenSet<string> Excluded = new[]
    {
        "step_up.passed_minutes", "device.confidence", "device.known", "device.identifiers", "motion.samples", "motion.still", "motion.tremor",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Unordered = new[]
    {
        "captcha.passed", "captcha.pending", "device.android", "device.ios", "device.harmony", "ip.country_known",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> Scenes = PolicyWords.Scenes.ToFrozenDictionary(
        static scene => $"{ScenePrefix}{scene.Key.ToLowerInvariant()}",
        static scene => FeatureCatalogue.Count + (int)scene.Value,
        StringComparer.Ordinal);

    // SCENE_UNSPECIFIED has a number and no name: no event has it.
    private static readonly InputDirection[] Directions = [.. FeatureCatalogue.All.ToArray().Select(Direct)];

    /// <summary>The names of all that a model may look at: features in the order of the catalogue, then scenes.</summary>
    public static IEnumerable<string> Names =>
        FeatureCatalogue.All.ToArray().Where(static feature => Of(feature.Index) != InputDirection.None).Select(static feature => feature.Name)
            .Concat(Scenes.OrderBy(static scene => scene.Value).Select(static scene => scene.Key));

    /// <summary>The number behind a name; null: there is no such feature or scene.</summary>
    public static int? Find(string name) =>
        Scenes.TryGetValue(name, out var scene) ? scene : FeatureCatalogue.Find(name)?.Index;

    /// <summary>The name of a number.</summary>
    public static string NameOf(int number) =>
        IsScene(number) ? Scenes.First(scene => scene.Value == number).Key : FeatureCatalogue.At(number).Name;

    /// <summary>True for a scene, false for a feature.</summary>
    public static bool IsScene(int number) => number >= FeatureCatalogue.Count;

    /// <summary>Which way an input may speak.</summary>
    public static InputDirection Of(int number) => IsScene(number) ? InputDirection.Free : Directions[number];

    /// <summary>What an unknown value is read as.</summary>
    public static double Harmless(int number) => Of(number) == InputDirection.Lowers ? FeatureCatalogue.At(number).Maximum : 0;

    /// <summary>The value of an input as a model reads it: never unknown, in single precision as it was trained.</summary>
    public static float Read(int number, Scene scene, ReadOnlySpan<double> features)
    {
        if (IsScene(number))
        {
            return number - FeatureCatalogue.Count == (int)scene ? 1 : 0;
        }

        var value = features[number];
        return (float)(double.IsNaN(value) ? Harmless(number) : value);
    }

    private static InputDirection Direct(Feature feature) =>
        Excluded.Contains(feature.Name) ? InputDirection.None
        : Lowering.Contains(feature.Name) ? InputDirection.Lowers
        : Unordered.Contains(feature.Name) ? InputDirection.Free
        : InputDirection.Raises;
}
