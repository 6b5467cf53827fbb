using System.Buffers;
using System.Runtime.InteropServices;
using Grpc.Core;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>A request as it lies in gRPC's memory: read there, then wiped there.</summary>
internal static class RequestPayload
{
    /// <summary>Makes a request of its bytes.</summary>
    public delegate T Reader<out T>(ReadOnlySpan<byte> message);

    [ThreadStatic]
    private static byte[]? _joined;

    /// <summary>Reads a request, and clears the memory that it came in whatever the reader does.</summary>
    public static T ReadAndWipe<T>(DeserializationContext context, Reader<T> read)
    {
        var payload = context.PayloadAsReadOnlySequence();
        try
        {
            return read(Join(payload));
        }
        finally
        {
            Wipe(payload);
        }
    }

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
