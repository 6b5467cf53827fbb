using System.Globalization;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>How large the scenarios are and which worlds they are told in.</summary>
internal static class ScenarioScale
{
    /// <summary>True with SCENARIO_SCALE=full: the sizes of the acceptance, minutes of work.</summary>
    internal static bool IsFull { get; } = Environment.GetEnvironmentVariable("SCENARIO_SCALE") == "full";

    /// <summary>
    /// Seeds of the worlds: SCENARIO_SEEDS, separated by commas; by default one, and three in full. Rules were tuned on
    /// seeds from 101 on; what is reported is of seeds from 201 on.
    /// </summary>
    internal static IReadOnlyList<int> Seeds { get; } = Environment.GetEnvironmentVariable("SCENARIO_SEEDS") is { Length: > 0 } text
        ? [.. text.Split(',').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture))]
        : IsFull ? [201, 202, 203] : [201];

    /// <summary>One number by default, another in full.</summary>
    internal static int Of(int usual, int full) => IsFull ? full : usual;
}
