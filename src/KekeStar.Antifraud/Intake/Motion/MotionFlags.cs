namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>What is odd about a series of motion samples.</summary>
[Flags]
internal enum MotionFlags : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>
    /// The series cannot be read: no samples, too many, lists of different length, or a value that is no finite number.
    /// All measures are 0 then and no other flag is set.
    /// </summary>
    Invalid = 1 << 0,

    /// <summary>
    /// At least <see cref="MotionSummary.MinConstantSamples"/> samples, all identical to the bit. A real sensor's noise is several
    /// of its steps, so even a phone lying on a table does not do that; a stub that returns a constant does.
    /// </summary>
    IsConstant = 1 << 1,

    /// <summary>All values are 0 (either sign): what many emulators and unimplemented sensors report.</summary>
    IsZero = 1 << 2,

    /// <summary>
    /// The mean magnitude is no accelerometer's: at rest it reads gravity, 9.81 m/s². Only meaningful for an
    /// accelerometer; see <see cref="MotionSummary.MinGravity"/>.
    /// </summary>
    GravityImplausible = 1 << 3,
}
