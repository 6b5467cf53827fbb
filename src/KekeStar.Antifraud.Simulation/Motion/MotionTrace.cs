using System.Numerics;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Motion;

/// <summary>A recording of both motion sensors, and what an attacker does with one.</summary>
internal sealed class MotionTrace
{
    private readonly uint[] _time;
    private readonly Vector3[] _acceleration;
    private readonly Vector3[] _rotation;

    /// <summary>Makes a trace.</summary>
    /// <param name="time">Times, µs since the first sample.</param>
    /// <param name="acceleration">Accelerometer, m/s².</param>
    /// <param name="rotation">Gyroscope, rad/s; empty: none.</param>
    public MotionTrace(uint[] time, Vector3[] acceleration, Vector3[]? rotation = null)
    {
        _time = time;
        _acceleration = acceleration;
        _rotation = rotation ?? [];
    }

    public int Count => _time.Length;

    public bool HasRotation => _rotation.Length > 0;

    /// <summary>Makes a trace of a formula.</summary>
    public static MotionTrace Of(int count, uint interval, Func<int, Vector3> value) =>
        new([.. Enumerable.Range(0, count).Select(i => (uint)i * interval)], [.. Enumerable.Range(0, count).Select(value)]);

    /// <summary>The accelerometer's part as an app sends it.</summary>
    public MotionSeries ToAccelerometer() => ToSeries(_acceleration);

    /// <summary>The gyroscope's part as an app sends it.</summary>
    public MotionSeries ToGyroscope() => ToSeries(_rotation);

    public MotionFindings Analyse() => Of(_acceleration, MotionAnalysis.Analyse);

    /// <summary>What the service would say of the accelerometer: that it is none among it.</summary>
    public bool IsFlagged() => (Analyse().Criteria & (MotionCriteria.Stub | MotionCriteria.Synthetic)) != 0;

    public bool? IsContradicted() => Analyse().Contradicts(Of(_rotation, RotationPath.Take));

    /// <summary>The digests before they are hashed, as text.</summary>
    public string[] Codes() => Of(_acceleration, static (in SampleSeries series) =>
    {
        var codes = new byte[RecordingDigests.MaxCount * RecordingAnchor.CodeLength];
        var count = RecordingDigests.Take(series, codes);
        return Enumerable.Range(0, count)
            .Select(i => Convert.ToHexString(codes.AsSpan(i * RecordingAnchor.CodeLength, RecordingAnchor.CodeLength)))
            .ToArray();
    });

    /// <summary>True if the two share as many digests as it takes to know a recording again.</summary>
    public bool IsKnownAs(MotionTrace other) => Codes().Intersect(other.Codes(), StringComparer.Ordinal).Count() >= 2;

    /// <summary>The trace played again.</summary>
    /// <param name="random">Randomness.</param>
    /// <param name="kept">Share of the samples that are played; where they begin is random.</param>
    /// <param name="noise">Standard deviation of the noise that is added, m/s².</param>
    /// <param name="turn">How the device is turned.</param>
    public MotionTrace Replay(Random random, double kept, double noise, Quaternion? turn = null)
    {
        var count = (int)(Count * kept);
        var start = random.Next(Count - count + 1);
        return new MotionTrace(
            [.. Enumerable.Range(start, count).Select(i => _time[i] - _time[start])],
            [.. Enumerable.Range(start, count).Select(i =>
                Vector3.Transform(_acceleration[i], turn ?? Quaternion.Identity) + (Signals.Gauss3(random) * (float)noise))]);
    }

    /// <summary>The trace with a gyroscope of its own.</summary>
    public MotionTrace WithRotation(Func<int, Vector3> value) =>
        new(_time, _acceleration, [.. Enumerable.Range(0, Count).Select(value)]);

    /// <summary>The trace at other times.</summary>
    public MotionTrace At(Func<int, uint> time) => new([.. Enumerable.Range(0, Count).Select(time)], _acceleration, _rotation);

    /// <summary>The first samples.</summary>
    public MotionTrace First(int count) => new(_time[..count], _acceleration[..count], HasRotation ? _rotation[..count] : null);

    private MotionSeries ToSeries(Vector3[] values) => new()
    {
        TimeUs = { _time.Take(values.Length) },
        X = { values.Select(value => value.X) },
        Y = { values.Select(value => value.Y) },
        Z = { values.Select(value => value.Z) },
    };

    private delegate T OfSeries<out T>(in SampleSeries series);

    private T Of<T>(Vector3[] values, OfSeries<T> take) => take(new SampleSeries(
        _time.AsSpan(0, values.Length),
        values.Select(value => value.X).ToArray(),
        values.Select(value => value.Y).ToArray(),
        values.Select(value => value.Z).ToArray()));
}
