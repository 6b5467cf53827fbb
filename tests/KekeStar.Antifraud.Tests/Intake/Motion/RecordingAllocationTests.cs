using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.Simulation.Motion;

namespace KekeStar.Antifraud.Tests.Intake.Motion;

[Collection(nameof(AllocationCollection))]
public sealed class RecordingAllocationTests
{
    [Fact]
    public void Nothing_is_allocated()
    {
        var random = new Random(309);
        var time = Enumerable.Range(0, IntakeLimits.MaxMotionSamples).Select(i => (uint)i * 10_000).ToArray();
        var axis = time.Select(i => (float)Signals.Gauss(random)).ToArray();
        var codes = new byte[RecordingDigests.MaxCount * RecordingAnchor.CodeLength];
        for (var i = 0; i < 100; i++)
        {
            Take(time, axis, codes);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Take(time, axis, codes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Take(uint[] time, float[] axis, byte[] codes)
        {
            var series = new SampleSeries(time, axis, axis, axis);
            _ = MotionAnalysis.Analyse(series);
            _ = RotationPath.Take(series);
            _ = RecordingDigests.Take(series, codes);
        }
    }
}
