using CsCheck;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Tests.Intake;

public class ScoreRequestParserOracleTests
{
    private const int Cases = 20_000;

    [Fact]
    public void The_parser_agrees_with_the_generated_code_on_every_random_request()
    {
        var intake = new IntakeUnderTest();
        int scored = 0, refused = 0, noted = 0, sketched = 0;
        Gen.Int.Sample(
            seed =>
            {
                var message = new RequestMaker(intake, seed).Make();
                var oracle = new RequestOracle(intake, message);
                var actual = intake.Parse(message);
                if (oracle.Faults.Count > 0)
                {
                    Assert.NotEqual(RequestError.None, actual.Error);
                    Assert.Contains(oracle.Faults, name => RequestErrorText.Of(actual.Error).StartsWith(name + " ", StringComparison.Ordinal));
                    Interlocked.Increment(ref refused);
                    return;
                }

                Assert.Equal(RequestError.None, actual.Error);
                Assert.Equal(oracle.Facts, EventFacts.Of(actual));
                Interlocked.Increment(ref scored);
                Interlocked.Add(ref sketched, actual.Entity(EntitySlot.Similar).IsNone ? 0 : 1);
                var notes = EventFacts.Notes(actual);
                if (oracle.Notes.Count > IntakeLimits.MaxDroppedSignals)
                {
                    Assert.Equal(IntakeLimits.MaxDroppedSignals, notes.Count);
                    Assert.ProperSubset(oracle.Notes, notes);
                    return;
                }

                Assert.Equal(oracle.Notes, notes);
                Interlocked.Add(ref noted, notes.Count);
            },
            iter: Cases);

        // The property says little if nearly all were refused, or nothing was ever dropped.
        Assert.InRange(scored, Cases / 3, Cases);
        Assert.InRange(refused, 1, Cases);
        Assert.InRange(noted, Cases, int.MaxValue);
        Assert.InRange(sketched, Cases / 50, Cases);
    }

    [Fact]
    public void A_full_request_fills_every_slot_and_drops_nothing()
    {
        var intake = new IntakeUnderTest();
        var actual = intake.Parse(Google.Protobuf.MessageExtensions.ToByteArray(FullRequest.Make(intake)));
        Assert.Equal(RequestError.None, actual.Error);
        Assert.Empty(EventFacts.Notes(actual));

        // Intake does not fill the slots of recordings yet.
        for (var slot = 0; slot < EntitySlot.Recording; slot++)
        {
            Assert.False(actual.Entity(slot).IsNone, EntitySlot.Kind(slot).ToString());
        }

        Assert.True(actual.HasAccelerometer && actual.HasSoftware && actual.RiskTools != 0 && actual.IsLate);
    }
}
