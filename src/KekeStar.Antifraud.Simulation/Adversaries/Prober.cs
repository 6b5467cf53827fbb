using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>
/// Somebody who searches how many accounts a phone may register in an hour: halves the range with a fresh phone and network each
/// time, then stays below what was found. A file cannot answer, so the search runs against a threshold that the parameters give.
/// </summary>
internal static class Prober
{
    private const string Threshold = "believed_threshold";
    private const string Highest = "highest_tried";
    private const string Exploits = "phones_after_search";
    private const string HoursBetween = "hours_between_tries";
    private const double Solves = 0.9;

    internal static TrafficSource Source { get; } = new(
        "prober",
        Plan,
        [new(Threshold, 1, 1_000), new(Highest, 2, 10_000), new(Exploits, 0, 10_000), new(HoursBetween, 0.1, 240)],
        TrafficSource.RegistersBots);

    private static void Plan(Stage stage)
    {
        while (!stage.IsFull)
        {
            var threshold = stage.Around(stage.Figures[Threshold]);
            var (passes, fails) = (0, stage.Figures.Whole(Highest));
            var at = stage.Anytime(0, stage.Days * 0.6);
            while (fails - passes > 1 && !stage.IsFull)
            {
                var tried = (passes + fails) / 2;
                Try(stage, at, tried);
                (passes, fails) = tried < threshold ? (tried, fails) : (passes, tried);
                at = at.AddHours(stage.Figures[HoursBetween] * (0.5 + stage.Random.NextDouble()));
            }

            for (var phone = stage.Figures.Whole(Exploits); phone > 0 && !stage.IsFull; phone--)
            {
                Try(stage, at, Math.Max(1, passes));
                at = at.AddHours(stage.Figures[HoursBetween] * (0.1 + (0.3 * stage.Random.NextDouble())));
            }
        }
    }

    // One phone, its identifiers left as they are, so many accounts within an hour.
    private static void Try(Stage stage, DateTimeOffset at, int accounts)
    {
        var phone = stage.World.Handsets.Lived();
        var place = stage.World.Addresses.Home();
        for (var account = 0; account < accounts; account++)
        {
            var person = stage.World.Resident(home: place, handset: phone, granted: Consents.All);
            var when = at.AddMinutes((55.0 * account / accounts) + stage.Random.NextDouble());
            stage.Registration(when, person, place, stage.Still, Solves);
        }
    }
}
