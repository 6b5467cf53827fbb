using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Intake.Keys;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Intake.Keys;

public sealed class KeyMetricsTests
{
    [Fact]
    public void Epochs_are_counted_by_role_and_the_hours_to_the_next_role_are_told_while_there_is_one()
    {
        using var first = new KeyEpoch(1, new byte[KeyEpoch.MasterKeyLength]);
        using var second = new KeyEpoch(2, new byte[KeyEpoch.MasterKeyLength], KeyAlgorithm.HmacSm3);
        var time = new FakeTimeProvider(KeySchedules.Start);
        var ring = new KeyRing([(first, null), (second, KeySchedules.Start)]);
        using var metrics = new KeyMetrics(ring, time);

        Assert.Equal(["current=1", "expired=0", "filling=1", "next=408", "pending=0", "retiring=0"], Measure(ring));
        time.Advance(KeySchedule.FillDuration);
        Assert.Equal(["age=0", "current=1", "expired=0", "filling=0", "next=385.17", "pending=0", "retiring=1"], Measure(ring));
        time.Advance(KeySchedule.RotationDuration);
        Assert.Equal(["age=793.17", "current=1", "expired=1", "filling=0", "pending=0", "retiring=0"], Measure(ring));
    }

    private static List<string> Measure(KeyRing ring)
    {
        var measured = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == KeyMetrics.MeterName && instrument.Meter.Scope == ring)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => measured.Add(FormattableString.Invariant($"{tags[0].Value}={value}")));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured.Add(
            FormattableString.Invariant($"{(instrument.Name == "antifraud.keys.current_age" ? "age" : "next")}={value:0.##}")));
        listener.Start();
        listener.RecordObservableInstruments();
        measured.Sort(StringComparer.Ordinal);
        return measured;
    }
}
