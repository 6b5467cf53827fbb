using System.Buffers;
using Grpc.Core;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>A request's payload as gRPC hands it over: in a block that the hot path wipes.</summary>
internal sealed class ScorePayload : DeserializationContext
{
    private readonly byte[] _block = new byte[16 * 1024];
    private int _length;

    /// <inheritdoc/>
    public override int PayloadLength => _length;

    /// <summary>Gives room for a payload of a length, to be filled.</summary>
    public Span<byte> Begin(int length)
    {
        _length = length;
        return _block.AsSpan(0, length);
    }

    /// <inheritdoc/>
    public override byte[] PayloadAsNewBuffer() => _block.AsSpan(0, _length).ToArray();

    /// <inheritdoc/>
    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(_block, 0, _length);
}

/// <summary>Takes a reply's bytes as gRPC does, and forgets them.</summary>
internal sealed class ScoreReplySink : SerializationContext, IBufferWriter<byte>
{
    private readonly byte[] _block = new byte[64 * 1024];
    private int _length;

    /// <inheritdoc/>
    public override void SetPayloadLength(int payloadLength) => _length = 0;

    /// <inheritdoc/>
    public override IBufferWriter<byte> GetBufferWriter() => this;

    /// <inheritdoc/>
    public override void Complete()
    {
        // The payload stands in its block.
    }

    /// <inheritdoc/>
    public override void Complete(byte[] payload) => throw new NotSupportedException("The hot path writes to the buffer.");

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => _block.AsMemory(_length);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => _block.AsSpan(_length);
}
