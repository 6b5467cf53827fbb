using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>What people let the app read. Nobody publishes shares for these categories; they are assumptions.</summary>
internal static class Consents
{
    private const double GrantsAll = 0.80;
    private const double RefusesOne = 0.12;
    private const double RefusesSome = 0.05;

    /// <summary>Everything.</summary>
    internal static IReadOnlyList<ConsentCategory> All { get; } =
        [.. Enum.GetValues<ConsentCategory>().Where(category => category > ConsentCategory.Essential)];

    /// <summary>Nothing.</summary>
    internal static IReadOnlyList<ConsentCategory> Nothing { get; } = [];

    /// <summary>As one meets it.</summary>
    internal static IReadOnlyList<ConsentCategory> Any(Random random)
    {
        var opinion = random.NextDouble();
        if (opinion < GrantsAll)
        {
            return All;
        }

        if (opinion < GrantsAll + RefusesOne)
        {
            var refused = random.Next(All.Count);
            return [.. All.Where((_, index) => index != refused)];
        }

        return opinion < GrantsAll + RefusesOne + RefusesSome ? [.. All.Where(_ => random.Next(2) == 0)] : Nothing;
    }
}
