using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KekeStar.Antifraud.Intake.Motion;

/// <summary>One place of a recording that is known again: what the movement around it looks like, in whole steps.</summary>
/// <remarks>
/// Around the place nine points of each signal, 40 ms apart, are put through a discrete cosine transform, and coefficients 1 to
/// 4 of each and the mean change are rounded to whole steps. The step grows with the movement, so that it is never large
/// against the movement nor small against a sensor's noise.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct RecordingAnchor
{
    /// <summary>Bytes of a code.</summary>
    internal const int CodeLength = 12;

    /// <summary>Points to either side of the place.</summary>
    internal const int HalfPoints = 4;

    /// <summary>Strides between points.</summary>
    internal const int PointStrides = 2;

    private const int Points = (2 * HalfPoints) + 1;

    // Changes when anything of how a code is made does, so that no code of one making meets one of another.
    private const byte Making = 1;

    /// <summary>
    /// Fewest steps that the eight coefficients come to together: 8. Codes of fewer are those that many people share: of
    /// 3,000 generated recordings 182 pairs shared two at a step of 0.5 m/s² without this bound.
    /// </summary>
    private const int MinSteps = 8;

    // Smallest step, m/s², and the movement's share of it, in powers of two.
    private const float SmallestStep = 0.3f;
    private const float StepShare = 0.07f;

    // The change carries the noise of two samples.
    private const float ChangeNoise = 1.4f;

    // The mean change is the sum over nine points divided by nine, the coefficients are divided by three.
    private const float MeanWeight = 1.5f;

    // Noise that a replay is expected to add to a coefficient, m/s², and to the slope at an extremum, m/s² per sample. Only
    // their proportion matters: it says which places are the most certain.
    private const float CoefficientNoise = 0.02f;
    private const float SlopeNoise = 0.01f;

    // Row j holds cos(π·(j + ½)·u / 9)·√(2/9) for u = 1 to 4, twice: for the lengths and for the changes.
    private static readonly Vector256<float>[] Cosines = MakeCosines();

    private readonly CodeBytes _code;

    private RecordingAnchor(float place, float certainty, CodeBytes code)
    {
        Place = place;
        Certainty = certainty;
        _code = code;
    }

    /// <summary>The place, in samples of the lightly smoothed lists.</summary>
    internal float Place { get; }

    /// <summary>How many times the expected noise it takes to change the code; 0: no movement worth a code.</summary>
    internal float Certainty { get; }

    // What divides the coefficients of the lengths, and those of the changes.
    private static Vector256<float> Noise => Vector256.Create(Vector128<float>.One, Vector128.Create(ChangeNoise));

    /// <summary>Takes the code around a place.</summary>
    /// <param name="signals">The recording.</param>
    /// <param name="place">The place, in samples of the lightly smoothed lists; the window must fit.</param>
    /// <param name="bend">How much the slope changes per sample at the extremum, m/s²; above 0.</param>
    /// <param name="kind">What kind of extremum it is.</param>
    /// <param name="least">The certainty that it must exceed; if it does not, the rest of the code is not worked out.</param>
    internal static RecordingAnchor Take(in RecordingSignals signals, float place, float bend, byte kind, float least)
    {
        var transformed = Transform(signals, place);
        var coefficients = transformed.Coefficients;
        var lengths = coefficients.GetLower();
        var changes = coefficients.GetUpper();
        var movement = MathF.Sqrt(Vector128.Dot(lengths, lengths) + Vector128.Dot(changes, changes));
        var exponent = MathF.Log2(MathF.Max(movement * (StepShare / SmallestStep), 1));
        var level = MathF.Round(exponent);

        // Where the movement lies between two steps' sizes, its noise may choose the other one.
        var certainty = exponent == 0 ? float.PositiveInfinity : (0.5f - MathF.Abs(exponent - level)) * movement * (0.7f / CoefficientNoise);
        if (!(certainty > least))
        {
            return default;
        }

        var step = MathF.ScaleB(SmallestStep, (int)level);
        var shift = SlopeNoise / bend;
        var steps = Round(coefficients / Noise, transformed.Slopes * (Vector256.Create(shift) / Noise), step, ref certainty);
        if (Vector256.Sum(Vector256.Abs(steps)) < MinSteps || !(certainty > least))
        {
            return default;
        }

        var mean = Round(
            Vector256.CreateScalar(transformed.Mean * (MeanWeight / ChangeNoise)),
            Vector256.CreateScalar(transformed.MeanSlope * shift * (MeanWeight / ChangeNoise)),
            step,
            ref certainty);
        var code = default(CodeBytes);
        Span<byte> bytes = code;
        bytes[0] = Making;
        bytes[1] = kind;
        bytes[2] = (byte)level;
        var words = Vector128.Narrow(steps.GetLower(), steps.GetUpper());
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[3..], Vector128.Narrow(words, words).AsUInt64().ToScalar());
        bytes[11] = (byte)(sbyte)mean.ToScalar();
        return new RecordingAnchor(place, certainty, code);
    }

    /// <summary>Copies the code.</summary>
    internal void CopyTo(Span<byte> destination) => ((ReadOnlySpan<byte>)_code).CopyTo(destination);

    private static Transformed Transform(in RecordingSignals signals, float place)
    {
        var spacing = PointStrides * signals.Stride;
        var first = (int)place;
        var fraction = place - first;
        first -= HalfPoints * spacing;

        // All points at once: from the first to the one behind the last.
        var window = (2 * HalfPoints * spacing) + 2;
        ref var lengths = ref MemoryMarshal.GetReference(signals.Lengths.Slice(first, window));
        ref var changes = ref MemoryMarshal.GetReference(signals.Changes.Slice(first, window));
        var result = default(Transformed);
        var at = 0;
        foreach (var cosines in Cosines)
        {
            var length = Unsafe.Add(ref lengths, at);
            var lengthSlope = Unsafe.Add(ref lengths, at + 1) - length;
            var change = Unsafe.Add(ref changes, at);
            var changeSlope = Unsafe.Add(ref changes, at + 1) - change;
            change += fraction * changeSlope;
            result.Coefficients += cosines * Both(length + (fraction * lengthSlope), change);
            result.Slopes += cosines * Both(lengthSlope, changeSlope);
            result.Mean += change;
            result.MeanSlope += changeSlope;
            at += spacing;
        }

        result.Mean /= Points;
        result.MeanSlope /= Points;
        return result;
    }

    private static Vector256<float> Both(float length, float change) => Vector256.Create(Vector128.Create(length), Vector128.Create(change));

    /// <summary>Rounds values to whole steps.</summary>
    /// <param name="values">The values, m/s².</param>
    /// <param name="shifts">How far the place's uncertainty moves them.</param>
    /// <param name="step">A step, m/s².</param>
    /// <param name="certainty">Lowered to how many times its noise the value nearest to a boundary is away from it.</param>
    private static Vector256<int> Round(Vector256<float> values, Vector256<float> shifts, float step, ref float certainty)
    {
        var steps = values * (1 / step);
        var rounded = Vector256.Round(steps);
        var room = (Vector256.Create(0.5f) - Vector256.Abs(steps - rounded)) * step;
        var noise = Vector256.Sqrt((shifts * shifts) + Vector256.Create(CoefficientNoise * CoefficientNoise));
        var certainties = room / noise;
        var four = Vector128.Min(certainties.GetLower(), certainties.GetUpper());
        var two = Vector128.Min(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        certainty = MathF.Min(certainty, MathF.Min(two[0], two[1]));
        return Vector256.ConvertToInt32(Vector256.Clamp(rounded, Vector256.Create(-127f), Vector256.Create(127f)));
    }

    private static Vector256<float>[] MakeCosines()
    {
        var rows = new Vector256<float>[Points];
        Span<float> row = stackalloc float[Vector128<float>.Count];
        for (var point = 0; point < Points; point++)
        {
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (float)(Math.Sqrt(2.0 / Points) * Math.Cos(Math.PI * (point + 0.5) * (i + 1) / Points));
            }

            rows[point] = Vector256.Create(Vector128.Create<float>(row), Vector128.Create<float>(row));
        }

        return rows;
    }

    /// <summary>The coefficients of the lengths and behind them those of the changes, the mean change, and how they move with the place.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Transformed
    {
        public Vector256<float> Coefficients;
        public Vector256<float> Slopes;
        public float Mean;
        public float MeanSlope;
    }

    [InlineArray(CodeLength)]
    private struct CodeBytes
    {
        private byte _first;
    }
}
