using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>Reads a MotionSeries onto the stack and summarises it; the samples are gone when it returns.</summary>
internal static class MotionSeriesParser
{
    /// <summary>Parses a series. A series that cannot be used is noted in the event as dropped.</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, SignalTable.Signal signal, ScoreEvent target, out MotionSummary summary)
    {
        summary = default;
        Span<uint> time = stackalloc uint[IntakeLimits.MaxMotionSamples];
        Span<float> x = stackalloc float[IntakeLimits.MaxMotionSamples];
        Span<float> y = stackalloc float[IntakeLimits.MaxMotionSamples];
        Span<float> z = stackalloc float[IntakeLimits.MaxMotionSamples];
        int times = 0, xs = 0, ys = 0, zs = 0;
        var fits = true;
        var reader = new ProtobufReader(message);
        while (fits && reader.TryReadTag(out var field))
        {
            switch (field)
            {
                case MotionSeries.TimeUsFieldNumber:
                    fits = TryReadTimes(ref reader, time, ref times);
                    break;
                case MotionSeries.XFieldNumber:
                    fits = TryReadFloats(ref reader, x, ref xs);
                    break;
                case MotionSeries.YFieldNumber:
                    fits = TryReadFloats(ref reader, y, ref ys);
                    break;
                case MotionSeries.ZFieldNumber:
                    fits = TryReadFloats(ref reader, z, ref zs);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (!fits)
        {
            target.Drop(signal.NameIndex, DropCause.TooMany);
        }
        else if (reader.IsMalformed || times != xs || xs != ys || ys != zs)
        {
            target.Drop(signal.NameIndex, DropCause.Malformed);
        }
        else if (times > 0)
        {
            summary = MotionSummary.Compute(time[..times], x[..xs], y[..ys], z[..zs]);
            x.Clear();
            y.Clear();
            z.Clear();
            return true;
        }

        return false;
    }

    private static bool TryReadTimes(ref ProtobufReader reader, scoped Span<uint> destination, ref int count)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            return reader.WireType == WireType.Varint && TryAdd(destination, ref count, (uint)reader.ReadVarint());
        }

        var packed = new ProtobufReader(reader.ReadBytes());
        while (!packed.IsAtEnd && !packed.IsMalformed)
        {
            if (!TryAdd(destination, ref count, (uint)packed.ReadVarint()))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadFloats(ref ProtobufReader reader, scoped Span<float> destination, ref int count)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            return reader.WireType == WireType.Fixed32
                && TryAdd(destination, ref count, BitConverter.UInt32BitsToSingle(reader.ReadFixed32()));
        }

        var packed = reader.ReadBytes();
        var samples = packed.Length / sizeof(float);
        if (samples > destination.Length - count)
        {
            return false;
        }

        if (BitConverter.IsLittleEndian)
        {
            packed[..(samples * sizeof(float))].CopyTo(MemoryMarshal.AsBytes(destination[count..]));
            count += samples;
            return true;
        }

        for (var i = 0; i < samples; i++)
        {
            destination[count++] = BinaryPrimitives.ReadSingleLittleEndian(packed[(i * sizeof(float))..]);
        }

        return true;
    }

    private static bool TryAdd<T>(Span<T> destination, ref int count, T value)
    {
        if (count == destination.Length)
        {
            return false;
        }

        destination[count++] = value;
        return true;
    }
}
