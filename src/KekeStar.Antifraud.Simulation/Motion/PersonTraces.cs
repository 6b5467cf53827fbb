using System.Numerics;

namespace KekeStar.Antifraud.Simulation.Motion;

/// <summary>
/// Recordings of phones in people's hands, made from physics: a slow random rotation that turns gravity through the phone,
/// movements of the arm, tremor at 8 to 12 Hz, taps on the glass, for some a walk, then the sensor's noise, step and uneven
/// times. The bounds of the analysis were chosen with other seeds of them in sight: held-out figures are those of
/// recorded traces (docs/motion.md).
/// </summary>
internal static class PersonTraces
{
    public const int Samples = 128;

    private const float Gravity = 9.81f;

    // Steps of sensors of 16, 14, 12 and 10 bits with a range of 2 g, and of 8 g with 10.
    private static readonly double[] Steps = [0.0006, 0.0024, 0.0096, 0.0383, 0.0766];

    public static IEnumerable<MotionTrace> Make(int seed, int count, int samples = Samples)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => Make(random, samples));
    }

    /// <summary>Those that move enough to be known again.</summary>
    public static IEnumerable<MotionTrace> MakeLively(int seed, int count, int samples = Samples) =>
        Make(seed, int.MaxValue, samples).Where(trace => trace.IsKnownAs(trace)).Take(count);

    private static MotionTrace Make(Random random, int samples)
    {
        var seconds = random.Of(0.01, 0.02);
        var noise = random.Between(0.004, 0.03);
        var step = random.Of(Steps);
        var turning = Turning(random);
        var moving = Moving(random);
        var orientation = Quaternion.CreateFromYawPitchRoll(
            (float)random.Between(-3, 3), (float)random.Between(-1.2, 0.4), (float)random.Between(-0.6, 0.6));
        var time = new uint[samples];
        var acceleration = new Vector3[samples];
        var rotation = new Vector3[samples];
        for (var i = 0; i < samples; i++)
        {
            var now = i * seconds;
            time[i] = i == 0 ? 0 : Math.Max(time[i - 1], (uint)(1e6 * (now + (seconds * random.Between(-0.3, 0.3)))));
            var rate = turning(now);
            orientation = Quaternion.Normalize(orientation * Small(rate * (float)seconds));
            var gravity = Vector3.Transform(new Vector3(0, 0, Gravity), Quaternion.Conjugate(orientation));
            acceleration[i] = Signals.Quantise(gravity + moving(now) + (Signals.Gauss3(random) * (float)noise), step);
            rotation[i] = rate + (Signals.Gauss3(random) * 0.003f);
        }

        return new MotionTrace(time, acceleration, rotation);
    }

    private static Func<double, Vector3> Turning(Random random)
    {
        var slow = Signals.Band3(random, 0.1, 1.5);
        var quick = Signals.Band3(random, 1.5, 4);
        var size = (float)random.Between(0.02, 0.7);
        return seconds => size * (slow(seconds) + (0.3f * quick(seconds)));
    }

    private static Func<double, Vector3> Moving(Random random)
    {
        var arm = Signals.Band3(random, 0.3, 4);
        var tremor = Signals.Band3(random, 8, 12);
        var armSize = (float)Math.Exp(random.Between(Math.Log(0.03), Math.Log(1.5)));
        var tremorSize = (float)random.Between(0.01, 0.12);
        var taps = Taps(random);
        var walk = random.Next(3) == 0 ? Walk(random) : _ => Vector3.Zero;
        return seconds => (armSize * arm(seconds)) + (tremorSize * tremor(seconds)) + taps(seconds) + walk(seconds);
    }

    // A tap lets the phone ring for some hundredths of a second.
    private static Func<double, Vector3> Taps(Random random)
    {
        var taps = Enumerable.Range(0, random.Next(5))
            .Select(_ => (At: random.Between(0, 2.5), Size: Signals.Gauss3(random) * (float)random.Between(0.1, 0.8), Hertz: random.Between(12, 22)))
            .ToArray();
        return seconds => taps.Where(tap => seconds >= tap.At).Aggregate(Vector3.Zero, (sum, tap) =>
            sum + (tap.Size * (float)(Math.Exp(-(seconds - tap.At) / 0.04) * Math.Sin(2 * Math.PI * tap.Hertz * (seconds - tap.At)))));
    }

    // Steps differ in length and strength by some percent, and left from right.
    private static Func<double, Vector3> Walk(Random random)
    {
        var hertz = random.Between(1.6, 2.2);
        var sway = Signals.Band(random, 0.3, 1);
        var strength = Signals.Band(random, 0.3, 1.5);
        var sizes = Enumerable.Range(0, 4).Select(i => Signals.Gauss3(random) * (float)(random.Between(0.4, 1.5) / (i + 1))).ToArray();
        var phases = Enumerable.Range(0, 4).Select(_ => random.Between(0, 6)).ToArray();
        return seconds =>
        {
            var phase = 2 * Math.PI * ((hertz * seconds) + (0.06 * sway(seconds)));
            var sum = Vector3.Zero;
            for (var i = 0; i < sizes.Length; i++)
            {
                // The first is the stride, two steps long.
                sum += sizes[i] * (float)Math.Sin((phase * Math.Max(0.5, i)) + phases[i]);
            }

            return sum * (float)(1 + (0.2 * strength(seconds)));
        };
    }

    private static Quaternion Small(Vector3 turn) =>
        turn.Length() == 0 ? Quaternion.Identity : Quaternion.CreateFromAxisAngle(Vector3.Normalize(turn), turn.Length());
}
