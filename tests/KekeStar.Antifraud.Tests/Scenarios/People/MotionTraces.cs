using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scenarios.People;

/// <summary>
/// What an accelerometer says, by simple physics: gravity of 9.81 m/s², turned slowly by the arm that holds the phone, the
/// hand's tremor of 8 to 12 Hz (Elble and Koller, "Tremor", 1990), the sensor's own noise and step, and a scheduler that
/// is late now and then. 50 Hz, as Android's SENSOR_DELAY_GAME.
/// </summary>
internal static class MotionTraces
{
    private const int Samples = 96;
    private const double Gravity = 9.81;
    private const double StepMicroseconds = 20_000;

    // Bosch BMA and ST LIS sensors at ±8 g and 12 to 16 bit: a step of 2 to 40 mm/s² and as much noise.
    private const double SensorStep = 0.0024;

    /// <summary>A phone in a hand.</summary>
    internal static MotionSeries Held(Random random)
    {
        var tremor = new Wave(random, 8, 12, 0.03, 0.12);
        var sway = new Wave(random, 0.2, 1.2, 0.2, 0.8);
        var turn = new Wave(random, 0.1, 0.6, 0.02, 0.12);
        return Record(random, 0.3 + (random.NextDouble() * 0.9), (random.NextDouble() - 0.5) * 0.8, 0.03, tremor, sway, turn);
    }

    /// <summary>A phone that lies on a table or stands in a rack: gravity and the sensor's noise.</summary>
    internal static MotionSeries Still(Random random) => Record(
        random, random.NextDouble() * 0.03, (random.NextDouble() - 0.5) * 0.02, 0.01 + (random.NextDouble() * 0.02), default, default, default);

    private static MotionSeries Record(Random random, double pitch, double roll, double noise, Wave tremor, Wave sway, Wave turn)
    {
        var series = new MotionSeries();
        var bias = (X: 0.1 * Normal(random), Y: 0.1 * Normal(random), Z: 0.15 * Normal(random));
        var time = 0.0;
        for (var sample = 0; sample < Samples; sample++)
        {
            var seconds = time / 1e6;
            var (p, r) = (pitch + turn.At(seconds), roll + (0.7 * turn.At(seconds + 0.4)));
            var shake = tremor.At(seconds);
            series.TimeUs.Add((uint)time);
            series.X.Add(Read((Gravity * Math.Sin(r)) + shake + sway.At(seconds) + bias.X + (noise * Normal(random))));
            series.Y.Add(Read((Gravity * Math.Cos(r) * Math.Sin(p)) + (0.8 * shake) + bias.Y + (noise * Normal(random))));
            series.Z.Add(Read((Gravity * Math.Cos(r) * Math.Cos(p)) + (0.6 * sway.At(seconds + 0.3)) + bias.Z + (noise * Normal(random))));
            time += StepMicroseconds * (1 + (0.02 * Normal(random)) + (random.Next(50) == 0 ? 0.4 : 0));
        }

        return series;
    }

    private static float Read(double value) => (float)(Math.Round(value / SensorStep) * SensorStep);

    // Box and Muller, 1958.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A swing whose frequency wanders.</summary>
    private readonly struct Wave(Random random, double lowHertz, double highHertz, double lowSize, double highSize)
    {
        private readonly double _hertz = lowHertz + (random.NextDouble() * (highHertz - lowHertz));
        private readonly double _size = lowSize + (random.NextDouble() * (highSize - lowSize));
        private readonly double _phase = random.NextDouble() * 2 * Math.PI;
        private readonly double _drift = 0.3 * random.NextDouble();

        public double At(double seconds) =>
            _size == 0 ? 0 : _size * Math.Sin((2 * Math.PI * _hertz * seconds) + _phase + (_drift * Math.Sin(1.7 * seconds * _hertz)));
    }
}
