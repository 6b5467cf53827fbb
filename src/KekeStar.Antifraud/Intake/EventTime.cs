using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>Reads the time of an event and holds it against the service's clock.</summary>
internal static class EventTime
{
    private const long MaxNanos = 999_999_999;

    // 9999-12-31T23:59:59Z, the end of google.protobuf.Timestamp.
    private const long MaxSeconds = 253_402_300_799;

    /// <summary>Reads a Timestamp field into the event.</summary>
    /// <param name="reader">Stands on the field.</param>
    /// <param name="now">The service's clock, Unix milliseconds.</param>
    /// <param name="target">Receives the time.</param>
    public static RequestError Read(ref ProtobufReader reader, long now, ScoreEvent target)
    {
        var error = TryRead(ref reader, out var milliseconds);
        if (error != RequestError.None)
        {
            return error;
        }

        error = Check(milliseconds, now);
        target.TimeMilliseconds = milliseconds;
        target.IsLate = now - milliseconds > (long)WindowLimits.MaxClockSkew.TotalMilliseconds;
        return error;
    }

    /// <summary>Reads a Timestamp field.</summary>
    public static RequestError TryRead(ref ProtobufReader reader, out long milliseconds)
    {
        milliseconds = 0;
        if (reader.WireType != WireType.LengthDelimited)
        {
            return RequestError.WrongType;
        }

        long seconds = 0, nanos = 0;
        var timestamp = new ProtobufReader(reader.ReadBytes());
        while (timestamp.TryReadTag(out var field))
        {
            if (timestamp.WireType != WireType.Varint)
            {
                timestamp.Skip();
            }
            else if (field == Timestamp.SecondsFieldNumber)
            {
                seconds = (long)timestamp.ReadVarint();
            }
            else if (field == Timestamp.NanosFieldNumber)
            {
                nanos = (long)timestamp.ReadVarint();
            }
            else
            {
                timestamp.Skip();
            }
        }

        if (reader.IsMalformed || timestamp.IsMalformed)
        {
            return RequestError.NotProtobuf;
        }

        if (nanos is < 0 or > MaxNanos || seconds is < 0 or > MaxSeconds)
        {
            return RequestError.EventTimeInvalid;
        }

        milliseconds = (seconds * 1000) + (nanos / 1_000_000);
        return RequestError.None;
    }

    /// <summary>Holds a time against the service's clock.</summary>
    public static RequestError Check(long milliseconds, long now) =>
        milliseconds - now > (long)WindowLimits.MaxClockSkew.TotalMilliseconds ? RequestError.EventTimeAhead
        : now - milliseconds > (long)WindowLimits.MaxEventAge.TotalMilliseconds ? RequestError.EventTimeTooOld
        : RequestError.None;
}
