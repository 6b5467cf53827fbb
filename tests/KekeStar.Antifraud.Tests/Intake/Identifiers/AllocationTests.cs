using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.Intake.RiskTools;

namespace KekeStar.Antifraud.Tests.Intake.Identifiers;

/// <summary>Nothing of the intake's reading allocates: no identifier is ever left on the heap.</summary>
[Collection(nameof(AllocationCollection))]
public class AllocationTests
{
    private const int Rounds = 100;

    [Fact]
    public void Normalising_allocates_nothing() => Assert.Equal(0, AllocatedBy(NormaliseAll));

    [Fact]
    public void Matching_tools_and_summarising_motion_allocate_nothing() => Assert.Equal(0, AllocatedBy(MatchAndSummarise));

    private static long AllocatedBy(Action work)
    {
        // As often as is measured: what the runtime makes when it compiles a busy loop anew is none of the work's.
        for (var i = 0; i < Rounds; i++)
        {
            work();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            work();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void NormaliseAll()
    {
        Span<byte> destination = stackalloc byte[IdentifierNormaliser.MaxNormalisedLength];
        Ok(EntityKind.Imei, "490154203237518"u8, destination);
        Ok(EntityKind.Meid, "293608736500703710"u8, destination);
        Ok(EntityKind.AndroidId, "9774D56D682E549D"u8, destination);
        Ok(EntityKind.Oaid, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"u8, destination);
        Ok(EntityKind.Idfa, "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}"u8, destination);
        Ok(EntityKind.OpenUdid, "0d943976b24c85900c764dd9f75ce054dbc5986f"u8, destination);
        Ok(EntityKind.Serial, "R58M42ABCDE"u8, destination);
        Ok(EntityKind.Mac, "a8:c5:9d:6f:0b:de"u8, destination);
        Ok(EntityKind.Bssid, "a8c5.9d6f.0bde"u8, destination);
        Ok(EntityKind.Iccid, "8965880812100011146"u8, destination);
        Ok(EntityKind.Imsi, "460001357924680"u8, destination);
        Ok(EntityKind.SimSerial, "8965880812100011146F"u8, destination);
        Ok(EntityKind.Account, "somebody@example.org"u8, destination);
        if (IdentifierNormaliser.Normalise(EntityKind.Serial, "unknown"u8, destination, out _) != NormaliseStatus.NullValue
            || ClientAddress.TryParse("203.0.113.7"u8, destination, out _) != NormaliseStatus.Ok
            || ClientAddress.TryParse("2400:3200::203.0.113.7"u8, destination, out _) != NormaliseStatus.Ok)
        {
            throw new InvalidOperationException("The test's own values are wrong.");
        }
    }

    private static void Ok(EntityKind kind, ReadOnlySpan<byte> text, Span<byte> destination)
    {
        if (IdentifierNormaliser.Normalise(kind, text, destination, out _) != NormaliseStatus.Ok)
        {
            throw new InvalidOperationException("The test's own values are wrong.");
        }
    }

    private static void MatchAndSummarise()
    {
        Span<uint> time = stackalloc uint[IntakeLimits.MaxMotionSamples];
        Span<float> axis = stackalloc float[IntakeLimits.MaxMotionSamples];
        for (var i = 0; i < axis.Length; i++)
        {
            time[i] = (uint)i * 20_000;
            axis[i] = i % 7;
        }

        if (RiskToolTable.Shipped.Match("/data/local/tmp/frida-server"u8) == 0
            || RiskToolTable.Shipped.Match("com.example.harmless"u8) != 0
            || MotionAnalysis.Analyse(new SampleSeries(time, axis, axis, axis)).Samples != IntakeLimits.MaxMotionSamples)
        {
            throw new InvalidOperationException("The test's own values are wrong.");
        }
    }
}
