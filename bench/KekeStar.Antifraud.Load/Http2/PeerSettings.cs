using System.Buffers.Binary;

namespace KekeStar.Antifraud.Load.Http2;

/// <summary>What the server allows: RFC 9113 clause 6.5.2, with the defaults given there.</summary>
internal sealed class PeerSettings
{
    /// <summary>SETTINGS_MAX_FRAME_SIZE where the peer says nothing, in bytes.</summary>
    public const int DefaultMaxFrameSize = 16_384;

    /// <summary>Window of the connection and of each stream where the peer says nothing, in bytes.</summary>
    public const int DefaultWindow = 65_535;

    /// <summary>SETTINGS_HEADER_TABLE_SIZE where the peer says nothing, in bytes.</summary>
    public const int DefaultHeaderTableSize = 4_096;

    /// <summary>Gets the size of the server's dynamic table, in bytes.</summary>
    public int HeaderTableSize { get; private set; } = DefaultHeaderTableSize;

    /// <summary>Gets how many calls may be in flight; no limit where the server sets none.</summary>
    public int MaxConcurrentStreams { get; private set; } = int.MaxValue;

    /// <summary>Gets how many bytes a new stream may send before a WINDOW_UPDATE.</summary>
    public int InitialWindow { get; private set; } = DefaultWindow;

    /// <summary>Applies a SETTINGS payload; unknown settings are skipped.</summary>
    /// <exception cref="Http2Exception">The payload is not a list of settings.</exception>
    public void Apply(ReadOnlySpan<byte> payload)
    {
        if (payload.Length % 6 != 0)
        {
            throw new Http2Exception("malformed SETTINGS");
        }

        for (; !payload.IsEmpty; payload = payload[6..])
        {
            int value = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(payload[2..]), int.MaxValue);
            switch (BinaryPrimitives.ReadUInt16BigEndian(payload))
            {
                case 1:
                    HeaderTableSize = value;
                    break;
                case 3:
                    MaxConcurrentStreams = value;
                    break;
                case 4:
                    InitialWindow = value;
                    break;
                default:
                    break;
            }
        }
    }
}
