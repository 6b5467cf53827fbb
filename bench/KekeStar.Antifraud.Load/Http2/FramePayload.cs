namespace KekeStar.Antifraud.Load.Http2;

/// <summary>What is inside a frame once its padding and priority are off: RFC 9113 clauses 6.1 and 6.2.</summary>
internal static class FramePayload
{
    /// <summary>Gives the content of a DATA or HEADERS frame.</summary>
    /// <exception cref="Http2Exception">The padding is longer than the frame.</exception>
    public static ReadOnlySpan<byte> Content(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        int padding = 0;
        int start = 0;
        if (header.Has(FrameFlags.Padded) && !payload.IsEmpty)
        {
            padding = payload[0];
            start = 1;
        }

        if (header.Type == FrameType.Headers && header.Has(FrameFlags.Priority))
        {
            start += 5;
        }

        if (start + padding > payload.Length)
        {
            throw new Http2Exception("padding is longer than its frame");
        }

        return payload[start..^padding];
    }
}
