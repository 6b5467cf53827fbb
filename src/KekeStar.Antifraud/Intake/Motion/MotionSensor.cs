namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>Whose series it is.</summary>
internal enum MotionSensor
{
    /// <summary>The accelerometer, m/s², gravity included.</summary>
    Accelerometer,

    /// <summary>The gyroscope, rad/s.</summary>
    Gyroscope,
}
