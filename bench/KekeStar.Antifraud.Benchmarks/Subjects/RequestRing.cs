using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>
/// Encoded requests of the load program's traffic (895 bytes, 100,000 accounts by Zipf's law), made beforehand and
/// handed out again and again, each time under a new event id, so that none is taken for a retry.
/// </summary>
internal sealed class RequestRing
{
    private const ulong Run = 0x5eed;

    private readonly RequestWriter _writer = new(new TrafficShape(), Run);
    private readonly byte[][] _requests = new byte[Count][];
    private readonly int _eventId;
    private ulong _number;

    public RequestRing()
    {
        for (var i = 0; i < Count; i++)
        {
            _requests[i] = new byte[_writer.MessageSize];
            _writer.Write((ulong)i, _requests[i]);
        }

        var id = new byte[RequestWriter.EventIdSize];
        _writer.WriteEventId(0, id);
        _eventId = _requests[0].AsSpan().IndexOf(id);
        _number = Count;
    }

    /// <summary>Number of different requests but for their event ids.</summary>
    public const int Count = 32_768;

    /// <summary>The next request; its bytes hold until as many more were taken.</summary>
    public byte[] Next()
    {
        var request = _requests[_number & (Count - 1)];
        _writer.WriteEventId(_number++, request.AsSpan(_eventId, RequestWriter.EventIdSize));
        return request;
    }
}
