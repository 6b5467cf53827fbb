using CsCheck;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>One event of a history.</summary>
/// <param name="Gap">Time since the one before.</param>
/// <param name="Scene">What the user was about to do.</param>
/// <param name="Account">Number of the account.</param>
/// <param name="Device">Number of the device.</param>
/// <param name="Network">Number of the network.</param>
/// <param name="Card">Number of the SIM card.</param>
/// <param name="Outcome">How it ended; Unspecified: nobody said.</param>
/// <param name="Granted">One bit for each optional category, the lowest for the first.</param>
internal sealed record Step(TimeSpan Gap, Scene Scene, int Account, int Device, int Network, int Card, Outcome Outcome, int Granted);

/// <summary>Makes histories that look like what attackers and people do, pieces of them one after the other.</summary>
internal static class History
{
    /// <summary>All optional categories granted.</summary>
    public const int Everything = 0b11_1111;

    private static readonly Scene[] Scenes = [.. Enum.GetValues<Scene>().Where(scene => scene != Scene.Unspecified)];

    private static readonly Scene[] AccountScenes = [.. Scenes.Where(scene => scene != Scene.Register)];

    // Mostly all of it: a history without signals is a history without risk.
    private static readonly Gen<int> Granted = Gen.Frequency((4, Gen.Const(Everything)), (1, Gen.Int[0, Everything]));

    // Two devices that somebody set up to look like one another: one SIM card, one access point.
    private static readonly Gen<int> Few = Gen.Int[0, 3];

    /// <summary>Anything at all.</summary>
    private static readonly Gen<Step[]> Noise = Gen.Select(
        Gen.Int[1, 7_200], AnyOf(Scenes), Few, Few, Gen.Int[0, 2], Few, AnyOf(Enum.GetValues<Outcome>()), Granted,
        (gap, scene, account, device, network, card, outcome, granted) =>
            new Step(TimeSpan.FromSeconds(gap), scene, account, device, network, card, outcome, granted)).Array[3, 15];

    /// <summary>New accounts from a few devices behind one network, at even intervals.</summary>
    private static readonly Gen<Step[]> Farm = Gen.Select(
        Gen.Int[5, 24], Gen.Int[1, 3], Gen.Int[5, 120], Gen.Int[0, 2], Gen.Int[1, 2], Granted,
        (count, devices, gap, network, cards, granted) => Enumerable.Range(0, count).Select(i => new Step(
            TimeSpan.FromSeconds(gap), Scene.Register, 10 + i, i % devices, network, i % cards, Outcome.RegistrationCompleted, granted)).ToArray());

    /// <summary>Wrong passwords for many accounts or for one.</summary>
    private static readonly Gen<Step[]> Stuffing = Gen.Select(
        Gen.Int[8, 30], Gen.Int[1, 12], Gen.Int[1, 2], Gen.Int[0, 2], Gen.Int[1, 10], Granted,
        (count, accounts, devices, network, gap, granted) => Enumerable.Range(0, count).Select(i => new Step(
            TimeSpan.FromSeconds(gap), Scene.Login, i % accounts, i % devices, network, 0, Outcome.LoginFailed, granted)).ToArray());

    /// <summary>An owner of some days, on a device of his own.</summary>
    private static readonly Gen<Step[]> Owner = Gen.Select(
        Gen.Int[2, 6], Few, Few, Gen.Int[0, 2], AnyOf(AccountScenes), Gen.Bool, Granted,
        (days, account, device, network, scene, challenged, granted) => Enumerable.Range(0, days).Select(i => new Step(
            TimeSpan.FromHours(21), i == 0 ? Scene.Register : scene, account, device, network, device,
            challenged && i == days - 1 ? Outcome.CaptchaPassed : Outcome.LoginSucceeded, granted)).ToArray());

    /// <summary>A program that sends messages like a clock, sometimes reported.</summary>
    private static readonly Gen<Step[]> Chat = Gen.Select(
        Gen.Int[10, 45], Gen.Int[1, 6], Few, Gen.Int[0, 2], AnyOf(Scene.SendMessage, Scene.JoinRoom), Gen.Int[5, 40], Granted,
        (count, accounts, device, network, scene, harassed, granted) => Enumerable.Range(0, count).Select(i => new Step(
            TimeSpan.FromSeconds(1), scene, i % accounts, device, network, 0, i % harassed == 0 ? Outcome.HarassmentConfirmed : Outcome.Unspecified,
            granted)).ToArray());

    /// <summary>Somebody who was challenged lately and passed.</summary>
    private static readonly Gen<Step[]> Challenged = Gen.Select(
        Gen.Int[30, 900], Few, Few, Gen.Int[0, 2], Gen.OneOf(Gen.Const(AccountScenes[0]), AnyOf(AccountScenes)),
        (gap, account, device, network, scene) =>
            new[] { new Step(TimeSpan.FromSeconds(gap), scene, account, device, network, 0, Outcome.CaptchaPassed, Everything) });

    /// <summary>One to four pieces one after the other.</summary>
    public static Gen<Step[]> Risky { get; } =
        Gen.OneOf(Noise, Farm, Stuffing, Owner, Chat, Challenged).Array[1, 4].Select(pieces => pieces.SelectMany(piece => piece).ToArray());

    /// <summary>The event that is judged, by any of the actors.</summary>
    public static Gen<Step> Last { get; } = Gen.Select(
        Gen.Int[1, 2_400], AnyOf(Scenes), Few, Few, Gen.Int[0, 2], Few,
        (gap, scene, account, device, network, card) =>
            new Step(TimeSpan.FromSeconds(gap), scene, account, device, network, card, Outcome.Unspecified, Everything));

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
