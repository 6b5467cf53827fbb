using CsCheck;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>One event of a history in which a few accounts share devices, networks and SIM cards.</summary>
/// <param name="Gap">Time since the one before.</param>
/// <param name="Age">How old it is when it arrives.</param>
/// <param name="Scene">What the user was about to do; REGISTER: the event has no account, which is reported after it.</param>
/// <param name="Account">Number of the account.</param>
/// <param name="Device">Number of the device.</param>
/// <param name="Network">Number of the network.</param>
/// <param name="Card">Number of the SIM card.</param>
/// <param name="Outcome">How it ended; Unspecified: nobody said.</param>
/// <param name="Granted">One bit for each optional category, the lowest for the first.</param>
/// <param name="Instance">The instance that it reaches.</param>
/// <param name="RetryInstance">The instance that a retry reaches; −1: there is none.</param>
internal sealed record Move(
    TimeSpan Gap, TimeSpan Age, Scene Scene, int Account, int Device, int Network, int Card, Outcome Outcome, int Granted, int Instance, int RetryInstance)
{
    private static readonly Gen<TimeSpan> Gaps = Gen.Frequency(
        (8, Gen.Int[0, 600].Select(seconds => TimeSpan.FromSeconds(seconds))),
        (3, Gen.Int[1, 30].Select(hours => TimeSpan.FromHours(hours))),
        (1, Gen.Int[2, 8].Select(days => TimeSpan.FromDays(days))));

    private static readonly Gen<TimeSpan> Ages = Gen.Frequency(
        (5, Gen.Const(TimeSpan.Zero)), (1, Gen.Int[1, 23].Select(hours => TimeSpan.FromHours(hours))));

    private static readonly Gen<Outcome> Outcomes = Gen.Frequency(
        (2, Gen.Const(Outcome.Unspecified)), (3, Gen.Int[1, (int)Outcome.AccountTheftConfirmed].Select(outcome => (Outcome)outcome)));

    private static readonly Gen<Move> Any = Gen.Select(
        Gen.Select(Gaps, Ages, Gen.Int[1, (int)Scene.ChangeCredential], Outcomes),
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 1], Gen.Int[0, 1]),
        Gen.Select(Gen.Frequency((2, Gen.Const(0b11_1111)), (1, Gen.Int[0, 0b11_1111])), Gen.Int[0, 1], Gen.Int[-4, 1]),
        (what, who, how) => new Move(
            what.Item1, what.Item2, (Scene)what.Item3, who.Item1, who.Item2, who.Item3, who.Item4, what.Item4, how.Item1, how.Item2, Math.Max(-1, how.Item3)));

    /// <summary>An event with everything granted that arrives at once.</summary>
    public static Move Simple(Scene scene, int account, int device, int network = 0, Outcome outcome = Outcome.Unspecified) =>
        new(TimeSpan.FromMinutes(1), TimeSpan.Zero, scene, account, device, network, Card: device, outcome, Granted: 0b11_1111, Instance: 0, RetryInstance: -1);

    /// <summary>Histories of 2 to 24 events.</summary>
    public static Gen<Move[]> Histories { get; } = Any.Array[2, 24];
}
