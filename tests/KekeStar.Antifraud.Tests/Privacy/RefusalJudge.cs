using Google.Protobuf;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>Replays a history and compares its last event with every way of saying less.</summary>
internal sealed class RefusalJudge : IAsyncDisposable
{
    private static readonly Antifraud.Scoring.Policy Policy = TestPolicies.Load(TestPolicies.Document());

    private readonly WhatIfStore _store = new();
    private readonly Dictionary<Verdict, int> _verdicts = [];

    public RefusalJudge() => Pipeline = new PipelineUnderTest(_store);

    /// <summary>Every subset of the optional categories but the empty one.</summary>
    public static Refusal[] Categories { get; } = [.. Refusal.OfCategories()];

    /// <summary>Every optional field.</summary>
    public static Refusal[] Fields { get; } = [.. Refusal.OfFields()];

    public PipelineUnderTest Pipeline { get; }

    /// <summary>Number of comparisons made.</summary>
    public int Comparisons { get; private set; }

    /// <summary>Verdicts on the whole events, with their numbers.</summary>
    public string Verdicts => string.Join(", ", _verdicts.OrderBy(verdict => verdict.Key));

    public async ValueTask DisposeAsync() => await Pipeline.DisposeAsync();

    /// <summary>An event as its step says it, with the token that its device was given.</summary>
    public static ScoreRequest Request(Step step, IReadOnlyDictionary<int, ByteString> tokens)
    {
        var request = Actors.Event(step.Scene, step.Account, step.Device, step.Network, step.Card);
        request.DeviceToken = tokens.GetValueOrDefault(step.Device, ByteString.Empty);
        for (var i = 0; i < Refusal.Optional.Length; i++)
        {
            if ((step.Granted & (1 << i)) == 0)
            {
                request.Consent.Granted.Remove(Refusal.Optional[i]);
            }
        }

        return request;
    }

    /// <summary>Fails where the last event fares worse for saying less.</summary>
    /// <param name="history">What came before.</param>
    /// <param name="last">The event.</param>
    /// <param name="keepsToken">Whether the devices send the token of an earlier reply, as they should.</param>
    /// <returns>The reply to the whole event.</returns>
    public async Task<ScoreReply> JudgeAsync(Step[] history, Step last, bool keepsToken)
    {
        _store.Clear();
        _store.IsWhatIf = false;
        var tokens = new Dictionary<int, ByteString>();
        foreach (var step in history)
        {
            Pipeline.Clock.Advance(step.Gap);
            var request = Request(step, tokens);
            var reply = await Pipeline.ScoreAsync(request);
            if (keepsToken && !reply.DeviceToken.IsEmpty)
            {
                tokens[step.Device] = reply.DeviceToken;
            }

            if (step.Outcome != Outcome.Unspecified)
            {
                await Pipeline.ReportAsync(request, step.Outcome);
            }
        }

        Pipeline.Clock.Advance(last.Gap);
        _store.IsWhatIf = true;
        var whole = Request(last, tokens);
        var shift = 0;
        var expected = await Pipeline.ScoreAsync(whole, read: call => shift = call.Decision.ThresholdShift);
        var verdict = HarshestAllowed(expected, shift, history, last);
        _verdicts[expected.Verdict] = _verdicts.GetValueOrDefault(expected.Verdict) + 1;
        foreach (var refusal in Categories.Concat(Fields))
        {
            var less = whole.Clone();
            less.EventId = Request(last, tokens).EventId;
            refusal.Apply(less);
            var actual = await Pipeline.ScoreAsync(less, read: call => Assert.Equal(shift, call.Decision.ThresholdShift));
            Comparisons++;
            if (actual.Score > expected.Score || actual.Verdict > verdict)
            {
                Assert.Fail(
                    $"{refusal.Name}: {actual.Score} {actual.Verdict} [{string.Join(", ", actual.Reasons.Select(reason => reason.Rule))}] "
                    + $"instead of {expected.Score} {expected.Verdict} [{string.Join(", ", expected.Reasons.Select(reason => reason.Rule))}]");
            }
        }

        return expected;
    }

    // A challenge passed lately spares the next one, but never a REVIEW, which lets pass as well. Where the device is
    // refused, it is the network that tells who passed: somebody who went elsewhere since is asked again.
    private static Verdict HarshestAllowed(ScoreReply expected, int shift, Step[] history, Step last)
    {
        var byScore = Policy.SceneOf(last.Scene).VerdictFor((int)expected.Score, shift);
        var hasPassedHere = history.Any(step => step.Outcome == Outcome.CaptchaPassed && step.Account == last.Account && step.Network == last.Network);
        return expected.Verdict != Verdict.Pass || byScore != Verdict.Challenge ? expected.Verdict
            : hasPassedHere ? Verdict.Review
            : Verdict.Challenge;
    }
}
