using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>
/// Reads a MotionSeries onto the stack, judges it and, of an accelerometer's, takes the digests; the samples
/// are gone when it returns.
/// </summary>
internal static class MotionSeriesParser
{
    /// <summary>Parses a series. A series that cannot be used is noted in the event as dropped.</summary>
    /// <param name="message">The series.</param>
    /// <param name="sensor">Whose it is.</param>
    /// <param name="signal">The signal that it is noted as.</param>
    /// <param name="target">The event; receives what an accelerometer's series says.</param>
    /// <param name="rotation">What a gyroscope's series says.</param>
    [SkipLocalsInit]
    public static void Parse(
        ReadOnlySpan<byte> message, MotionSensor sensor, SignalTable.Signal signal, ScoreEvent target, ref RotationPath rotation)
    {
        Span<uint> time = stackalloc uint[IntakeLimits.MaxMotionSamples];
        Span<float> x = stackalloc float[IntakeLimits.MaxMotionSamples];
        Span<float> y = stackalloc float[IntakeLimits.MaxMotionSamples];
        Span<float> z = stackalloc float[IntakeLimits.MaxMotionSamples];
        int times = 0, xs = 0, ys = 0, zs = 0;
        var fault = DropCause.Unspecified;
        var reader = new ProtobufReader(message);
        while (fault == DropCause.Unspecified && reader.TryReadTag(out var field))
        {
            switch (field)
            {
                case MotionSeries.TimeUsFieldNumber:
                    fault = ReadTimes(ref reader, time, ref times);
                    break;
                case MotionSeries.XFieldNumber:
                    fault = ReadFloats(ref reader, x, ref xs);
                    break;
                case MotionSeries.YFieldNumber:
                    fault = ReadFloats(ref reader, y, ref ys);
                    break;
                case MotionSeries.ZFieldNumber:
                    fault = ReadFloats(ref reader, z, ref zs);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (fault == DropCause.Unspecified && (reader.IsMalformed || times != xs || xs != ys || ys != zs))
        {
            fault = DropCause.Malformed;
        }

        if (fault == DropCause.Unspecified && times > 0)
        {
            var series = new SampleSeries(time[..times], x[..xs], y[..ys], z[..zs]);
            if (series.IsFinite)
            {
                Judge(series, sensor, target, ref rotation);
            }
            else
            {
                fault = DropCause.Malformed;
            }
        }

        if (fault != DropCause.Unspecified)
        {
            target.Drop(signal.NameIndex, fault);
        }

        // Only what was written: a usual series has a few samples, and clearing all 8 KiB twice costs more than reading it.
        time[..times].Clear();
        x[..xs].Clear();
        y[..ys].Clear();
        z[..zs].Clear();
    }

    private static void Judge(in SampleSeries series, MotionSensor sensor, ScoreEvent target, ref RotationPath rotation)
    {
        if (sensor == MotionSensor.Gyroscope)
        {
            rotation = RotationPath.Take(series);
            return;
        }

        target.HasAccelerometer = true;
        target.Motion = MotionAnalysis.Analyse(series);
        Span<byte> codes = stackalloc byte[RecordingDigests.MaxCount * RecordingAnchor.CodeLength];
        var count = RecordingDigests.Take(series, codes);
        for (var i = 0; i < count; i++)
        {
            target.Pseudonymise(EntitySlot.Recording + i, codes.Slice(i * RecordingAnchor.CodeLength, RecordingAnchor.CodeLength));
        }

        codes.Clear();
    }

    private static DropCause ReadTimes(scoped ref ProtobufReader reader, scoped Span<uint> destination, ref int count)
    {
        switch (reader.WireType)
        {
            case WireType.Varint:
                return Add(destination, ref count, (uint)reader.ReadVarint());
            case WireType.LengthDelimited:
                var bytes = reader.ReadBytes();
                var packed = new ProtobufReader(bytes[ReadShortTimes(bytes, destination, ref count)..]);
                while (!packed.IsAtEnd)
                {
                    var time = (uint)packed.ReadVarint();
                    var fault = packed.IsMalformed ? DropCause.Malformed : Add(destination, ref count, time);
                    if (fault != DropCause.Unspecified)
                    {
                        return fault;
                    }
                }

                return DropCause.Unspecified;
            default:
                return DropCause.WrongType;
        }
    }

    /// <summary>Reads times of up to four bytes, 268 s, from the head of a packed list: four bytes at a time, not one.</summary>
    /// <returns>How many bytes were read: up to a longer time, to the last three bytes or to a full list.</returns>
    private static int ReadShortTimes(ReadOnlySpan<byte> packed, Span<uint> destination, ref int count)
    {
        const uint Continues = 0x8080_8080;
        var position = 0;
        while (count < destination.Length && packed.Length - position >= sizeof(uint))
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(packed[position..]);
            var ends = ~word & Continues;
            if (ends == 0)
            {
                break;
            }

            // The bytes up to the first that has no more to follow, each with its seven bits.
            word &= ends ^ (ends - 1);
            destination[count++] = (word & 0x7F) | ((word >> 1) & 0x3F80) | ((word >> 2) & 0x1F_C000) | ((word >> 3) & 0x0FE0_0000);
            position += (BitOperations.TrailingZeroCount(ends) >> 3) + 1;
        }

        return position;
    }

    private static DropCause ReadFloats(scoped ref ProtobufReader reader, scoped Span<float> destination, ref int count)
    {
        switch (reader.WireType)
        {
            case WireType.Fixed32:
                return Add(destination, ref count, BitConverter.UInt32BitsToSingle(reader.ReadFixed32()));
            case WireType.LengthDelimited:
                return CopyFloats(reader.ReadBytes(), destination, ref count);
            default:
                return DropCause.WrongType;
        }
    }

    private static DropCause CopyFloats(scoped ReadOnlySpan<byte> packed, scoped Span<float> destination, ref int count)
    {
        var samples = packed.Length / sizeof(float);
        if (packed.Length % sizeof(float) != 0)
        {
            return DropCause.Malformed;
        }

        if (samples > destination.Length - count)
        {
            return DropCause.TooMany;
        }

        if (BitConverter.IsLittleEndian)
        {
            packed.CopyTo(MemoryMarshal.AsBytes(destination[count..]));
            count += samples;
            return DropCause.Unspecified;
        }

        for (var i = 0; i < samples; i++)
        {
            destination[count++] = BinaryPrimitives.ReadSingleLittleEndian(packed[(i * sizeof(float))..]);
        }

        return DropCause.Unspecified;
    }

    private static DropCause Add<T>(scoped Span<T> destination, ref int count, T value)
    {
        if (count == destination.Length)
        {
            return DropCause.TooMany;
        }

        destination[count++] = value;
        return DropCause.Unspecified;
    }
}
