using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Segments;

/// <summary>Phones that are sold: reset, with new software and another owner, who registers or has an account.</summary>
internal static class SecondHandPhone
{
    internal static TrafficSource Source { get; } = new("second_hand_phone", Plan, Lives.Figures);

    private static void Plan(Stage stage)
    {
        var handsets = stage.World.Handsets;
        while (!stage.IsFull)
        {
            var seller = stage.World.Resident();
            var perDay = stage.Figures[Lives.SessionsPerDay];
            var day = stage.Random.Next(stage.Days);
            stage.Habits.PlanDays(0, day, stage.Name, seller, perDay);
            stage.Habits.PlanSession(
                stage.Awake(day), stage.Name, seller with { Handset = handsets.Fresh(PhoneModels.Any(stage.Random)) }, login: Scene.NewDeviceLogin);

            var buyer = stage.World.Resident(handset: handsets.Reset(seller.Handset));
            var bought = Math.Min(stage.Days - 1, day + 1 + stage.Random.Next(3));
            if (stage.Chance(stage.Figures[Lives.Registers]))
            {
                stage.Habits.PlanRegistration(stage.Awake(bought), stage.Name, buyer);
            }
            else
            {
                stage.Habits.PlanSession(stage.Awake(bought), stage.Name, buyer, login: Scene.NewDeviceLogin);
            }

            stage.Habits.PlanDays(bought + 1, stage.Days - bought - 1, stage.Name, buyer, perDay);
        }
    }
}
