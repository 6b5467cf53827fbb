using CsCheck;
using Google.Protobuf;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>Whatever comes off the wire, intake ends, throws nothing and leaves an event within its bounds. CsCheck prints the seed of a failure.</summary>
public class NoiseTests
{
    private readonly IntakeUnderTest _intake = new();

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 300].Sample(Check, iter: 50_000);

    [Fact]
    public void Mutations_and_cuts_of_valid_requests_never_throw()
    {
        var valid = FullRequest.Make(_intake, software: 3, processes: 3, samples: 6).ToByteArray();
        Gen.Int.Sample(seed => Check(Mutate(valid, new Random(seed))), iter: 60_000);
    }

    [Fact]
    public void Mutations_of_random_requests_never_throw() =>
        Gen.Int.Sample(seed => Check(Mutate(new RequestMaker(_intake, seed).Make(), new Random(seed))), iter: 10_000);

    [Fact]
    public void A_reused_event_remembers_nothing_of_the_one_before()
    {
        var full = FullRequest.Make(_intake).ToByteArray();
        Gen.Int.Sample(
            seed =>
            {
                var message = new RequestMaker(_intake, seed).Make();
                var reused = new ScoreEvent();
                _intake.Parse(full, reused);
                _intake.Parse(Mutate(full, new Random(seed)), reused);
                _intake.Parse(message, reused);
                var fresh = _intake.Parse(message);
                Assert.Equal(fresh.Error, reused.Error);
                Assert.Equal(EventFacts.Of(fresh), EventFacts.Of(reused));
                Assert.Equal(EventFacts.Notes(fresh), EventFacts.Notes(reused));
            },
            iter: 2_000);
    }

    private void Check(byte[] message)
    {
        var scoreEvent = _intake.Parse(message);
        Assert.True(Enum.IsDefined(scoreEvent.Error));
        Assert.True(Enum.IsDefined(scoreEvent.Scene) && Enum.IsDefined(scoreEvent.Platform) && Enum.IsDefined(scoreEvent.AccessType));
        Assert.True(Enum.IsDefined(scoreEvent.Captcha) && Enum.IsDefined(scoreEvent.ReasonLanguage));
        Assert.InRange(scoreEvent.VendorScore, -1, 1000);
        Assert.InRange(scoreEvent.Motion.Samples, 0, IntakeLimits.MaxMotionSamples);
        Assert.InRange(EventFacts.Notes(scoreEvent).Count, 0, IntakeLimits.MaxDroppedSignals);
        if (scoreEvent.Error == RequestError.None)
        {
            Assert.InRange(scoreEvent.EventId.Length, 1, IntakeLimits.MaxEventIdBytes);
            Assert.NotEqual(Scene.Unspecified, scoreEvent.Scene);
            Assert.False(scoreEvent.Event.IsNone);
        }

        // What is echoed must be readable for a client of any language.
        var writer = new ProtobufWriter();
        KekeStar.Antifraud.Decision.ScoreReplyEncoder.WriteError(scoreEvent, writer);
        Assert.True(System.Text.Unicode.Utf8.IsValid(scoreEvent.EventId));
        Assert.Equal(3, ScoreReply.Parser.ParseFrom(writer.Written.ToArray()).Error.Code);
        Assert.True(Enum.IsDefined(_intake.Reports.Parse(message).Error));
    }

    private static byte[] Mutate(byte[] valid, Random random)
    {
        var message = new List<byte>(valid);
        for (var changes = random.Next(1, 6); changes > 0 && message.Count > 1; changes--)
        {
            var at = random.Next(message.Count);
            switch (random.Next(5))
            {
                case 0:
                    message[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    message[at] = (byte)random.Next(256);
                    break;
                case 2:
                    message.Insert(at, (byte)random.Next(256));
                    break;
                case 3:
                    message.RemoveAt(at);
                    break;
                default:
                    message.RemoveRange(at, random.Next(message.Count - at));
                    break;
            }
        }

        return [.. message];
    }
}
