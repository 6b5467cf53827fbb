using System.Buffers;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>A request as it lies in gRPC's memory: read there, then wiped there.</summary>
internal static class RequestPayload
{
    [ThreadStatic]
    private static byte[]? _joined;

    /// <summary>The payload in one piece. What spans several of Kestrel's blocks is joined in a buffer of this thread's own.</summary>
    public static ReadOnlySpan<byte> Join(in ReadOnlySequence<byte> payload)
    {
        if (payload.IsSingleSegment)
        {
            return payload.FirstSpan;
        }

        // Pinned, so that the collector never leaves a copy of it behind.
        _joined ??= GC.AllocateUninitializedArray<byte>(IntakeLimits.MaxBatchBytes, pinned: true);
        payload.CopyTo(_joined);
        return _joined.AsSpan(0, (int)payload.Length);
    }

    /// <summary>Clears the payload, and the buffer of this thread if it was joined there.</summary>
    public static void Wipe(in ReadOnlySequence<byte> payload)
    {
        if (!payload.IsSingleSegment)
        {
            _joined.AsSpan(0, (int)payload.Length).Clear();
        }

        foreach (var segment in payload)
        {
            MemoryMarshal.AsMemory(segment).Span.Clear();
        }
    }
}
