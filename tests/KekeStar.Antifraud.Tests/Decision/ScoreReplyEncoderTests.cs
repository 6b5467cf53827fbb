using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Tests.Decision;

[Collection(nameof(AllocationCollection))]
public class ScoreReplyEncoderTests
{
    private readonly IntakeUnderTest _intake = new();

    [Fact]
    public void What_is_written_is_what_was_decided()
    {
        int reasons = 0, lowered = 0, exempt = 0, riskLabels = 0;
        Gen.Int.Sample(
            seed =>
            {
                var decisions = Random(seed);
                var written = Write(decisions);
                var reply = ScoreReply.Parser.ParseFrom(written);
                Check(decisions, reply);
                CheckReasons(decisions, reply);
                CheckRiskLabels(decisions, reply);
                Interlocked.Add(ref riskLabels, reply.RiskLabels.Count);
                Interlocked.Add(ref reasons, reply.Reasons.Count);
                Interlocked.Add(ref lowered, reply.Reasons.Count(reason => reason.Contribution < 0));
                Interlocked.Add(ref exempt, reply.Labels.Contains("step_up_exempt") ? 1 : 0);

                // The one list of numbers is written unpacked, as every reader takes it.
                Assert.Equal(reply, ScoreReply.Parser.ParseFrom(reply.ToByteArray()));
                if (reply.Degraded.Count == 0)
                {
                    Assert.Equal(reply.ToByteArray(), written);
                }
            },
            iter: 5_000);
        Assert.True(reasons > 5_000 && lowered > 0 && exempt > 0 && riskLabels > 5_000, $"{reasons} {lowered} {exempt} {riskLabels}");
    }

    [Fact]
    public void An_event_that_says_nothing_gets_the_shortest_reply()
    {
        var decisions = new Decisions();
        decisions.Decision.Rules.Clear();
        decisions.Decide(0);
        var expected = new ScoreReply { EventId = "e-1", Verdict = Verdict.Pass, PolicyVersion = Decisions.Shipped.Version };
        Assert.Equal(expected.ToByteArray(), Write(decisions));
    }

    [Fact]
    public void A_relief_that_had_nothing_to_lower_contributes_zero_and_not_negative_zero()
    {
        var decisions = new Decisions();
        decisions.Features.Set(FeatureCatalogue.Index(SingleFeature.CaptchaPassed), 1);
        Decisions.Shipped.Evaluate(decisions.Event.Scene, decisions.Features, decisions.Decision.Rules);
        decisions.DecideAsEvaluated(StoreStatus.Ok);
        var reason = Assert.Single(ScoreReply.Parser.ParseFrom(Write(decisions)).Reasons);
        Assert.Equal(0ul, BitConverter.DoubleToUInt64Bits(reason.Contribution));
    }

    [Fact]
    public void A_device_gets_a_token_that_opens_again()
    {
        var decisions = new Decisions();
        decisions.Event.Entity(EntitySlot.Device) = new Pseudonym(3, 4);
        decisions.Decide(0);
        var reply = ScoreReply.Parser.ParseFrom(Write(decisions));
        Assert.True(DeviceTokens.TryOpen(_intake.Keys, reply.DeviceToken.Span, out var device, out _));
        Assert.Equal(new Pseudonym(3, 4), device);
    }

    [Fact]
    public void Every_error_of_a_streams_event_is_invalid_argument_with_its_text()
    {
        var scoreEvent = _intake.NewEvent();
        foreach (var error in System.Enum.GetValues<RequestError>().Where(error => error != RequestError.None))
        {
            scoreEvent.Clear();
            scoreEvent.SetEventId("e-9"u8);
            scoreEvent.Error = error;
            var writer = new ProtobufWriter();
            ScoreReplyEncoder.WriteError(scoreEvent, writer);
            var expected = new ScoreReply { EventId = "e-9", Error = new ItemError { Code = 3, Message = RequestErrorText.Of(error) } };
            Assert.Equal(expected.ToByteArray(), writer.Written.ToArray());
        }
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var decisions = Random(20);
        var writer = new ProtobufWriter();
        Work(decisions, writer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Work(decisions, writer);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Work(Decisions decisions, ProtobufWriter writer)
    {
        writer.Clear();
        ScoreReplyEncoder.Write(decisions.Event, decisions.Features, decisions.Decision, writer);
    }

    private static byte[] Write(Decisions decisions)
    {
        var writer = new ProtobufWriter();
        Work(decisions, writer);
        return writer.Written.ToArray();
    }

    private static Decisions Random(int seed)
    {
        var random = new Random(seed);
        var decisions = new Decisions(Decisions.Scenes[random.Next(Decisions.Scenes.Length)]);

        // From an event of which everything is known, on which most rules fire, to one of which hardly anything is.
        var sparsity = random.Next(1, 30);
        foreach (var feature in FeatureCatalogue.All)
        {
            if (random.Next(sparsity) == 0)
            {
                var value = feature.IsFlag ? random.Next(2) : random.Next(12) * (feature.Maximum > 1 ? 1 : 0.1);
                decisions.Features.Set(feature.Index, value, atLeast: random.Next(8) == 0);
            }
        }

        decisions.Event.ReasonLanguage = (ReasonLanguage)random.Next(3);
        if (random.Next(2) == 0)
        {
            decisions.Event.Entity(EntitySlot.Device) = new Pseudonym((ulong)random.NextInt64(), 1);
        }

        if (random.Next(3) == 0)
        {
            decisions.List(EntitySlot.Account, (ListKind)random.Next(1, 4));
        }

        for (var i = random.Next(40); i > 0; i--)
        {
            decisions.Event.Drop((byte)random.Next(1, 20), (DropCause)random.Next(1, 7));
        }

        decisions.Event.TimeMilliseconds = random.NextInt64(1_800_000_000_000);
        decisions.Event.Consent |= (uint)random.Next(256);
        decisions.Decision.Labels.Find(decisions.Event, decisions.Features, Remembered(random));
        Decisions.Shipped.Evaluate(decisions.Event.Scene, decisions.Features, decisions.Decision.Rules);
        decisions.DecideAsEvaluated((StoreStatus)random.Next(7));
        return decisions;
    }

    private static EvidenceHistory Remembered(Random random)
    {
        var history = new EvidenceHistory();
        var log = new byte[WindowRecord.Length];
        var at = random.NextInt64(1_800_000_000_000);
        new WindowRecord(at, 1, 0, false, 1, DeviceContext.Pack(1UL << 40, (uint)random.Next()), 1).Write(log);
        history.Read(log, new TailFindings(-1, 0, false, false, false), new WindowRecord(at, 1, 0, false, 1, 1UL << 40, 2));
        return history;
    }

    private void Check(Decisions decisions, ScoreReply reply)
    {
        var decision = decisions.Decision;
        Assert.Equal("e-1", reply.EventId);
        Assert.Equal((uint)decision.Rules.Score, reply.Score);
        Assert.Equal((uint)decision.Rules.SubScore(Risk.BatchRegistration), reply.BatchRegistration);
        Assert.Equal((uint)decision.Rules.SubScore(Risk.Bot), reply.Bot);
        Assert.Equal((uint)decision.Rules.SubScore(Risk.AccountTheft), reply.AccountTheft);
        Assert.Equal((decision.Verdict, decision.Challenge), (reply.Verdict, reply.Challenge));
        Assert.Equal(decision.Store == StoreStatus.Ok ? [] : [(DegradedCause)decision.Store], reply.Degraded);
        Assert.Equal(decision.Rules.AtLeast, reply.AtLeast);
        Assert.Equal(Decisions.Shipped.Version, reply.PolicyVersion);
        Assert.Equal("", reply.ModelVersion);
        Assert.Null(reply.Error);
        Assert.Equal(
            string.Join('|', EventFacts.Notes(decisions.Event)),
            string.Join('|', reply.DroppedSignals.Select(dropped => EventFacts.Note(dropped.Name, dropped.Cause)).Order(StringComparer.Ordinal)));

        var expected = decision.Rules.Fired.ToArray().Select(rule => Decisions.Shipped.Rules[rule].Label).Distinct(StringComparer.Ordinal).ToList();
        expected.AddRange(decision.IsStepUpExempt ? ["step_up_exempt"] : []);
        expected.AddRange(decision.List == ListKind.Unspecified ? [] : [$"list_{decision.List.ToString().ToLowerInvariant()}"]);
        Assert.Equal(string.Join('|', expected), string.Join('|', reply.Labels));

        Assert.Equal(!decisions.Event.Entity(EntitySlot.Device).IsNone, !reply.DeviceToken.IsEmpty);
        if (!decisions.Event.Entity(EntitySlot.Device).IsNone)
        {
            Assert.True(DeviceTokens.TryOpen(_intake.Keys, reply.DeviceToken.Span, out var device, out _));
            Assert.Equal(decisions.Event.Entity(EntitySlot.Device), device);
        }
    }

    private static void CheckRiskLabels(Decisions decisions, ScoreReply reply)
    {
        var expected = decisions.Decision.Labels.All.ToArray().Select(found => new RiskLabel
        {
            Name = LabelCatalogue.All[found.Index].Name,
            State = found.State,
            LastSeen = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(found.LastSeenMilliseconds)),
            Text = decisions.Event.ReasonLanguage switch
            {
                ReasonLanguage.English => LabelCatalogue.All[found.Index].English,
                ReasonLanguage.SimplifiedChinese => LabelCatalogue.All[found.Index].Chinese,
                _ => "",
            },
        });
        Assert.Equal(expected, reply.RiskLabels);
    }

    private static void CheckReasons(Decisions decisions, ScoreReply reply)
    {
        Assert.Equal(decisions.Decision.Rules.Count, reply.Reasons.Count);
        Assert.Equal(reply.Score, reply.Reasons.Sum(reason => reason.Contribution), 1e-6);

        // The largest first; of equals, the first of the policy file.
        var contributions = decisions.Decision.Rules.Contributions.ToArray();
        var fired = decisions.Decision.Rules.Fired.ToArray();
        var rules = Decisions.Shipped.Rules.ToArray();
        var order = Enumerable.Range(0, fired.Length).OrderByDescending(i => contributions[i]).Select(i => rules[fired[i]].Id);
        Assert.Equal(string.Join('|', order), string.Join('|', reply.Reasons.Select(reason => reason.Rule)));
        Assert.Equal(reply.Reasons.Count, reply.Reasons.Select(reason => reason.Rule).Distinct(StringComparer.Ordinal).Count());
        foreach (var reason in reply.Reasons)
        {
            var rule = rules.Single(rule => rule.Id == reason.Rule);
            var feature = FeatureCatalogue.At(rule.LeadFeature);
            var value = decisions.Features.Values[rule.LeadFeature];
            Assert.Equal((feature.Name, (uint)feature.WindowSeconds), (reason.Feature, reason.WindowSeconds));
            Assert.Equal(double.IsNaN(value) ? 0 : value, reason.Value);
            Assert.Equal(decisions.Features.IsAtLeast(rule.LeadFeature), reason.AtLeast);
            Assert.Equal(
                decisions.Event.ReasonLanguage switch
                {
                    ReasonLanguage.English => rule.ReasonEnglish,
                    ReasonLanguage.SimplifiedChinese => rule.ReasonChinese,
                    _ => "",
                },
                reason.Text);
        }
    }
}
