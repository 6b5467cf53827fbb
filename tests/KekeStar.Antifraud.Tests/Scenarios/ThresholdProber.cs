using System.Globalization;
using System.Text.Json.Nodes;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>
/// Somebody who asks the service itself, event by event, where its thresholds lie. Knows the policy and what each event of
/// its own will score, to the point, and sees each verdict; knows all but the key.
/// </summary>
internal sealed class ThresholdProber : IAsyncDisposable
{
    /// <summary>Points that an event scores at least.</summary>
    public const int LeastScore = 340;

    /// <summary>Points that an event scores at most.</summary>
    public const int MostScore = LeastScore + Steps;

    // Of a vendor's score, which the prober sets: each is worth a point.
    private const int Steps = 100;

    private readonly GarnetWindowStore _store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 128L << 20 });
    private readonly PolicySource _policies;
    private readonly PipelineUnderTest _pipeline;
    private int _people;

    /// <summary>Begins with a service that has seen nothing yet.</summary>
    /// <param name="width">Width of the jitter.</param>
    public ThresholdProber(int width)
    {
        var document = TestPolicies.With(
        [
            AllScenes(TestPolicies.Rule("ground", "captcha.failed", LeastScore)),
            .. Enumerable.Range(1, Steps).Select(static step => AllScenes(TestPolicies.Rule(
                string.Create(CultureInfo.InvariantCulture, $"step_{step}"), string.Create(CultureInfo.InvariantCulture, $"vendor.score >= {step}"), 1))),
        ]);
        document["threshold_jitter"] = new JsonObject { ["width"] = width };
        _policies = TestPolicies.Source(document);
        _pipeline = new PipelineUnderTest(_store, policies: _policies);
    }

    /// <summary>Events that were sent to find something out.</summary>
    public int Queries { get; private set; }

    /// <summary>Somebody whom the service has not met: a new account on a new phone in a new network.</summary>
    public int Newcomer() => ++_people;

    /// <summary>The score at which somebody is challenged by the file's word.</summary>
    public int WrittenThreshold(Scene scene) => _policies.Current.SceneOf(scene).Challenge;

    /// <summary>Asks once: is this person challenged at this score?</summary>
    public async Task<bool> IsChallengedAsync(Scene scene, int person, int score)
    {
        Queries++;
        return (await SendAsync(scene, person, score)).IsChallenged;
    }

    /// <summary>Halves the range until the least score at which a person is challenged is left.</summary>
    public async Task<int> SearchAsync(Scene scene, int person)
    {
        var (passes, fails) = (LeastScore, MostScore);
        while (fails - passes > 1)
        {
            var middle = (passes + fails) / 2;
            (passes, fails) = await IsChallengedAsync(scene, person, middle) ? (passes, middle) : (middle, fails);
        }

        return fails;
    }

    /// <summary>The threshold that a person's event really meets, as no prober can ask for it; the verdict agrees with it.</summary>
    public async Task<int> ThresholdOfAsync(Scene scene, int person, int score)
    {
        var (isChallenged, shift) = await SendAsync(scene, person, score);
        var threshold = WrittenThreshold(scene) + shift;
        Assert.Equal(score >= threshold, isChallenged);
        return threshold;
    }

    public async ValueTask DisposeAsync()
    {
        await _pipeline.DisposeAsync();
        await _store.DisposeAsync();
        _policies.Dispose();
    }

    private static JsonObject AllScenes(JsonObject rule)
    {
        rule["scenes"] = "all";
        return rule;
    }

    private async Task<(bool IsChallenged, int Shift)> SendAsync(Scene scene, int person, int score)
    {
        var request = Actors.Event(scene, person, person % 10_000, network: 1, card: person % 10_000);
        request.AccountId = scene == Scene.Register ? "" : string.Create(CultureInfo.InvariantCulture, $"account-{person}");
        request.ClientIp = string.Create(CultureInfo.InvariantCulture, $"{20 + (person >> 16)}.{(person >> 8) & 0xFF}.{person & 0xFF}.7");
        request.ThirdParty.Captcha = CaptchaState.Failed;
        request.ThirdParty.VendorScore = (uint)(score - LeastScore);
        var shift = 0;
        var reply = await _pipeline.ScoreAsync(request, read: call => shift = call.Decision.ThresholdShift);
        Assert.Equal(score, (int)reply.Score);
        return (reply.Verdict >= Verdict.Challenge, shift);
    }
}
