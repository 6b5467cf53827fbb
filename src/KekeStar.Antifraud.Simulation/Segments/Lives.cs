using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>What most people do: they have an account or register one, and come back on some days.</summary>
internal static class Lives
{
    /// <summary>Share of the persons who register within the time that is told.</summary>
    internal const string Registers = "registers";

    /// <summary>Sessions a day in the mean, at most 1.</summary>
    internal const string SessionsPerDay = "sessions_per_day";

    /// <summary>The figures that <see cref="Plan"/> reads.</summary>
    internal static IReadOnlyList<FigureSpec> Figures { get; } = [FigureSpec.Share(Registers), FigureSpec.Share(SessionsPerDay)];

    /// <summary>Plans somebody's days.</summary>
    /// <returns>True if the person has an account from the beginning.</returns>
    internal static bool Plan(Stage stage, Person person)
    {
        var perDay = stage.Figures[SessionsPerDay];
        if (!stage.Chance(stage.Figures[Registers]))
        {
            stage.Habits.PlanDays(0, stage.Days, stage.Name, person, perDay);
            return true;
        }

        var day = stage.Random.Next(stage.Days);
        stage.Habits.PlanRegistration(stage.Awake(day), stage.Name, person);
        stage.Habits.PlanDays(day + 1, stage.Days - day - 1, stage.Name, person, perDay);
        return false;
    }
}
