using System.Runtime.InteropServices;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>Reads the time of an event, an outcome or a decision and holds it against the service's clock.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct EventTime
{
    private const long MaxNanos = 999_999_999;

    // 9999-12-31T23:59:59Z, the end of google.protobuf.Timestamp.
    private const long MaxSeconds = 253_402_300_799;

    private long _seconds;
    private long _nanos;
    private bool _isPresent;

    /// <summary>Reads a Timestamp field; a field that comes again is merged, as the encoding says.</summary>
    public EventTimeFault Read(scoped ref ProtobufReader reader)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            return EventTimeFault.WrongType;
        }

        _isPresent = true;
        var timestamp = new ProtobufReader(reader.ReadBytes());
        while (timestamp.TryReadTag(out var field))
        {
            if (field is not (Timestamp.SecondsFieldNumber or Timestamp.NanosFieldNumber))
            {
                timestamp.Skip();
            }
            else if (timestamp.WireType != WireType.Varint)
            {
                return EventTimeFault.WrongType;
            }
            else if (field == Timestamp.SecondsFieldNumber)
            {
                _seconds = (long)timestamp.ReadVarint();
            }
            else
            {
                _nanos = (long)timestamp.ReadVarint();
            }
        }

        return reader.IsMalformed || timestamp.IsMalformed ? EventTimeFault.NotProtobuf : EventTimeFault.None;
    }

    /// <summary>The time, Unix milliseconds; 0 if there is none, none that is valid, or one further ahead than clocks may differ.</summary>
    public readonly long PastMilliseconds(long now)
    {
        if (!_isPresent || _nanos is < 0 or > MaxNanos || _seconds is < 0 or > MaxSeconds)
        {
            return 0;
        }

        var milliseconds = (_seconds * 1000) + (_nanos / 1_000_000);
        return milliseconds - now > (long)IntakeLimits.MaxClockSkew.TotalMilliseconds ? 0 : milliseconds;
    }

    /// <summary>Holds the time against the service's clock.</summary>
    /// <param name="now">The service's clock, Unix milliseconds.</param>
    /// <param name="milliseconds">The time, Unix milliseconds; the service's if none was sent.</param>
    /// <param name="isLate">True if it is more than the clock skew ago.</param>
    public readonly EventTimeFault Check(long now, out long milliseconds, out bool isLate)
    {
        milliseconds = now;
        isLate = false;
        if (!_isPresent)
        {
            return EventTimeFault.None;
        }

        if (_nanos is < 0 or > MaxNanos || _seconds is < 0 or > MaxSeconds)
        {
            return EventTimeFault.Invalid;
        }

        milliseconds = (_seconds * 1000) + (_nanos / 1_000_000);
        isLate = now - milliseconds > (long)IntakeLimits.MaxClockSkew.TotalMilliseconds;
        return milliseconds - now > (long)IntakeLimits.MaxClockSkew.TotalMilliseconds ? EventTimeFault.Ahead
            : now - milliseconds > (long)IntakeLimits.MaxEventAge.TotalMilliseconds ? EventTimeFault.TooOld
            : EventTimeFault.None;
    }
}

/// <summary>What is wrong with a time.</summary>
internal enum EventTimeFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The bytes are not protocol buffers.</summary>
    NotProtobuf,

    /// <summary>The field, or seconds or nanos in it, has another wire type than the contract's.</summary>
    WrongType,

    /// <summary>Not a valid timestamp.</summary>
    Invalid,

    /// <summary>Further ahead than clocks may differ.</summary>
    Ahead,

    /// <summary>Older than an event may be.</summary>
    TooOld,
}
