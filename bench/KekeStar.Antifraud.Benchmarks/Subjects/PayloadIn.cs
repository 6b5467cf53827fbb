using System.Buffers;
using Grpc.Core;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>A request's payload as gRPC hands it over. Kestrel's copy into its own block is part of it, because the hot path wipes that block.</summary>
internal sealed class PayloadIn : DeserializationContext
{
    private readonly byte[] _block = new byte[4096];
    private int _length;

    public override int PayloadLength => _length;

    public void Set(ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(_block);
        _length = payload.Length;
    }

    public override byte[] PayloadAsNewBuffer() => _block.AsSpan(0, _length).ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(_block, 0, _length);
}
