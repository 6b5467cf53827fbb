using System.Numerics;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>What the analysis of an accelerometer's series leaves.</summary>
/// <param name="Criteria">What the series was found to be.</param>
/// <param name="Samples">How many samples it had, 0 to 512.</param>
/// <param name="MagnitudeVariance">Population variance of the magnitude, (m/s²)²; 0 where it was not judged.</param>
/// <param name="TremorShare">
/// Share of the variance of the magnitude that lies between 4 and 12 Hz, 0 to 1; NaN: not judged, or sampled too slowly.
/// </param>
/// <param name="FirstGravity">Mean of the first quarter, m/s².</param>
/// <param name="LastGravity">Mean of the last quarter, m/s².</param>
/// <param name="Microseconds">Length, µs; 0 if time stands still or runs backwards.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MotionFindings(
    MotionCriteria Criteria, int Samples, float MagnitudeVariance, double TremorShare, Vector3 FirstGravity, Vector3 LastGravity, uint Microseconds)
{
    /// <summary>
    /// Least angle between what the gyroscope says of gravity's way through the device and what the accelerometer saw of it,
    /// to say that the two do not belong to one device: 45°. Of 422 recordings of walking, turning and sitting people with
    /// a steady enough magnitude the largest was 31° (docs/motion.md).
    /// </summary>
    internal const double MismatchDegrees = 45;

    /// <summary>
    /// Largest standard deviation of the magnitude, m/s², with which the quarters' means are called gravity. Beyond it a
    /// person's own acceleration tilts them.
    /// </summary>
    internal const double MaxMagnitudeDeviation = 2;

    // Both series begin at 0 and are recorded together; by this share their lengths may differ.
    private const double MaxLengthDifference = 0.2;

    /// <summary>True if only a program gives such a series.</summary>
    internal bool IsSynthetic => (Criteria & MotionCriteria.Synthetic) != 0;

    /// <summary>True if the series was judged.</summary>
    internal bool IsJudged => (Criteria & MotionCriteria.Judged) != 0;

    /// <summary>Whether a gyroscope contradicts the series; null: cannot be said.</summary>
    /// <param name="rotation">The gyroscope's path.</param>
    internal bool? Contradicts(in RotationPath rotation)
    {
        // Values that no sensor has may make the variance no number.
        if (!IsJudged || !rotation.IsKnown || !(MagnitudeVariance <= MaxMagnitudeDeviation * MaxMagnitudeDeviation)
            || Math.Abs((double)Microseconds - rotation.Microseconds) > MaxLengthDifference * Microseconds
            || !IsGravity(FirstGravity) || !IsGravity(LastGravity))
        {
            return null;
        }

        var expected = Vector3.Transform(FirstGravity, rotation.Turned);
        var cosine = Vector3.Dot(expected, LastGravity) / (expected.Length() * LastGravity.Length());
        return cosine < Math.Cos(MismatchDegrees * Math.PI / 180);
    }

    private static bool IsGravity(Vector3 mean) => mean.Length() is >= MotionAnalysis.MinGravity and <= MotionAnalysis.MaxGravity;
}
