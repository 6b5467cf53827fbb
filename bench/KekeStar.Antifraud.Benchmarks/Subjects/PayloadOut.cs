using System.Buffers;
using Grpc.Core;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>Takes a reply's bytes as gRPC does.</summary>
internal sealed class PayloadOut : SerializationContext, IBufferWriter<byte>
{
    private readonly byte[] _block = new byte[64 * 1024];
    private int _length;

    public ReadOnlySpan<byte> Written => _block.AsSpan(0, _length);

    public override void SetPayloadLength(int payloadLength) => _length = 0;

    public override IBufferWriter<byte> GetBufferWriter() => this;

    public override void Complete()
    {
        // The payload stands in its block.
    }

    public override void Complete(byte[] payload) => throw new NotSupportedException("The hot path writes to the buffer.");

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => _block.AsMemory(_length);

    public Span<byte> GetSpan(int sizeHint = 0) => _block.AsSpan(_length);
}
