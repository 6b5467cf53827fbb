namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>What a series of motion samples was found to be. The evidence and its limits stand in docs/motion.md.</summary>
[Flags]
internal enum MotionCriteria : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>
    /// The series is long enough to be judged; without it no other member is set but <see cref="Constant"/>, <see cref="Zero"/> and
    /// <see cref="GravityImplausible"/>.
    /// </summary>
    Judged = 1 << 0,

    /// <summary>The device moves no more than the noise of its own sensor: it lies on a table. Harmless.</summary>
    Still = 1 << 1,

    /// <summary>
    /// The series repeats itself more exactly than a body can (<see cref="Periodicity"/>): a sine, a sawtooth, a short
    /// recording in a loop.
    /// </summary>
    Periodic = 1 << 2,

    /// <summary>
    /// Steady noise without any correlation in time, and far stronger than a sensor's own: a random number generator.
    /// </summary>
    White = 1 << 3,

    /// <summary>Steady steps that know nothing of each other, adding up without bound: a random walk.</summary>
    RandomWalk = 1 << 4,

    /// <summary>The device moves all the time and there is no sensor noise on it: a formula.</summary>
    Noiseless = 1 << 5,

    /// <summary>The values jump on a grid that is coarser than any sensor's.</summary>
    Coarse = 1 << 6,

    /// <summary>One axis never changes by a bit while another one moves.</summary>
    DeadAxis = 1 << 7,

    /// <summary>
    /// Time runs backwards, stands still, or passes faster than sensors sample. A client's mistake as often as a program, so
    /// it is no proof by itself; what needs the rate is not judged then.
    /// </summary>
    ImplausibleTime = 1 << 8,

    /// <summary>
    /// At least <see cref="MotionAnalysis.MinConstantSamples"/> samples, all identical to the bit. A real sensor's noise is several
    /// of its steps, so even a phone lying on a table does not do that; a stub that returns a constant does.
    /// </summary>
    Constant = 1 << 9,

    /// <summary>All values are 0 (either sign): what many emulators and unimplemented sensors report.</summary>
    Zero = 1 << 10,

    /// <summary>
    /// The mean magnitude is no accelerometer's: at rest it reads gravity, 9.81 m/s²; see <see cref="MotionAnalysis.MinGravity"/>.
    /// </summary>
    GravityImplausible = 1 << 11,

    /// <summary>What a sensor that is none gives.</summary>
    Stub = Constant | Zero,

    /// <summary>What only a program gives.</summary>
    Synthetic = Periodic | White | RandomWalk | Noiseless | Coarse | DeadAxis | Constant,
}
