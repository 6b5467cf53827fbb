using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Simulation.Attacks;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.V1;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>
/// Somebody who wants others rejected sends thousands of events that have one thing in common with theirs, through the whole
/// hot path: registrations, logins that fail, messages confirmed as harassment. Nobody is rejected for it.
/// </summary>
public sealed class SharedSignalAdversaryTests(ITestOutputHelper output)
{
    private static readonly Antifraud.Scoring.Policy Policy = TestPolicies.Load(TestPolicies.Document());

    private static readonly Scene[] Scenes = [Scene.Register, Scene.Register, Scene.Login, Scene.SendMessage, Scene.ChangeCredential, Scene.Withdraw];

    public static TheoryData<SharedSignal> Signals => new(Enum.GetValues<SharedSignal>().Where(signal => signal != SharedSignal.None));

    [Theory]
    [MemberData(nameof(Signals))]
    public async Task Thousands_of_strangers_with_one_thing_in_common_get_nobody_rejected(SharedSignal signal)
    {
        await using var world = new ScenarioWorld(ScenarioScale.Seeds[0]);
        var thing = new SharedThing(world.World, signal);
        var at = ScenarioWorld.Start;
        var events = ScenarioScale.Of(1_500, 10_000);
        for (var number = 0; number < events; number++)
        {
            at = at.AddSeconds(2);
            var scenes = number < events / 3 ? [Scene.Register] : Scenes;
            world.World.At(at, async () =>
            {
                var (person, network, motion) = thing.Next();
                var scene = scenes[world.World.Random.Next(scenes.Length)];
                var (request, _) = await world.World.AskAsync(signal.ToString(), scene, person, network, motion);
                if (scene is Scene.Login or Scene.SendMessage)
                {
                    await world.World.ReportAsync(request, scene == Scene.Login ? Outcome.LoginFailed : Outcome.HarassmentConfirmed);
                }
            });
        }

        await world.RunAsync();
        output.WriteLine(world.Ledger.Table());
        output.WriteLine("rules: " + Ledger.Rules(world.Ledger.All));
        Assert.DoesNotContain(world.Ledger.All, answer => answer.Harshest == Verdict.Reject);
        Assert.Contains(world.Ledger.All, answer => answer.Rules.Any(rule => RulesOn(signal).Contains(rule)));
    }

    private static HashSet<string> RulesOn(SharedSignal signal) =>
        [.. Policy.Rules.ToArray().Where(rule => rule.CappedBy == signal).Select(rule => rule.Id)];
}
