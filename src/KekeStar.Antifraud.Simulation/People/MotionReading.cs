using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>What a phone's motion sensors say at a moment.</summary>
/// <param name="Accelerometer">The accelerometer.</param>
/// <param name="Gyroscope">The gyroscope; null: a phone without one.</param>
internal sealed record MotionReading(MotionSeries Accelerometer, MotionSeries? Gyroscope = null);
