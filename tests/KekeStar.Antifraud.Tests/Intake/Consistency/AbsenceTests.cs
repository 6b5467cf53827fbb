using CsCheck;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

/// <summary>Who leaves a signal out, or refuses a category, never gets a violation that was not there before.</summary>
public sealed class AbsenceTests
{
    private const int Cases = 3_000;

    private readonly IntakeUnderTest _intake = new();

    [Fact]
    public void Whatever_is_left_out_or_refused_adds_no_violation()
    {
        var violations = 0;
        Gen.Int.Sample(
            seed =>
            {
                var request = new SignalMaker(seed).Any();
                var before = _intake.Parse(request.ToByteArray());
                Interlocked.Add(ref violations, (int)ulong.PopCount(before.ChecksViolated));
                foreach (var (what, less) in Less(request))
                {
                    var after = _intake.Parse(less.ToByteArray());
                    Assert.True((after.ChecksViolated & ~before.ChecksViolated) == 0, $"without {what}");
                    Assert.True((after.ChecksKnown & ~before.ChecksKnown) == 0, $"without {what}");
                }
            },
            iter: Cases,
            threads: 1);

        // The property would say little of requests that agree with themselves.
        Assert.InRange(violations, Cases, int.MaxValue);
    }

    private static IEnumerable<(string What, ScoreRequest Less)> Less(ScoreRequest request)
    {
        foreach (var category in request.Consent.Granted)
        {
            var less = request.Clone();
            less.Consent.Granted.Remove(category);
            yield return ($"the category {category}", less);
        }

        foreach (var field in DeviceSignals.Descriptor.Fields.InFieldNumberOrder())
        {
            var less = request.Clone();
            field.Accessor.Clear(less.Device);
            yield return (field.Name, less);
        }

        for (var card = 0; card < request.Device.Sims.Count; card++)
        {
            var without = request.Clone();
            without.Device.Sims.RemoveAt(card);
            yield return ($"card {card}", without);
            foreach (FieldDescriptor field in SimSignals.Descriptor.Fields.InFieldNumberOrder())
            {
                var less = request.Clone();
                field.Accessor.Clear(less.Device.Sims[card]);
                yield return ($"{field.Name} of card {card}", less);
            }
        }

        var nowhere = request.Clone();
        nowhere.ClientIp = "";
        yield return ("the address", nowhere);
    }
}
