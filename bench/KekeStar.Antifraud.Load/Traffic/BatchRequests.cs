using Google.Protobuf;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Load.Traffic;

/// <summary>Encoded ScoreBatchRequests of events that stand one after the other.</summary>
/// <param name="events">The events.</param>
/// <param name="count">How many in each batch.</param>
internal sealed class BatchRequests(IRequestSource events, int count) : IRequestSource
{
    private readonly byte[] _entry = Entry(events.MessageSize);

    /// <inheritdoc/>
    public int MessageSize => count * (_entry.Length + events.MessageSize);

    /// <inheritdoc/>
    public long PerConnection => events.PerConnection / count;

    /// <summary>Writes the batch of a number's event and those that follow it.</summary>
    public void Write(ulong number, Span<byte> target)
    {
        for (int i = 0; i < count; i++)
        {
            _entry.CopyTo(target);
            events.Write(number + (ulong)i, target[_entry.Length..]);
            target = target[(_entry.Length + events.MessageSize)..];
        }
    }

    /// <inheritdoc/>
    public void WriteEventId(ulong number, Span<byte> target) => events.WriteEventId(number, target);

    // What stands before each event: the field's tag and the event's length.
    private static byte[] Entry(int length)
    {
        byte[] entry = new byte[CodedOutputStream.ComputeTagSize(ScoreBatchRequest.EventsFieldNumber) + CodedOutputStream.ComputeLengthSize(length)];
        using var output = new CodedOutputStream(entry);
        output.WriteTag(ScoreBatchRequest.EventsFieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteLength(length);
        output.Flush();
        return entry;
    }
}
