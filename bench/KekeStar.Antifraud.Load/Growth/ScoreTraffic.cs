using System.Security.Cryptography;
using System.Text;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>
/// Encoded requests, handed out again and again in their order, each time under a new event id, so that none is a
/// retry.
/// </summary>
internal sealed class ScoreTraffic
{
    private readonly byte[][] _requests;
    private readonly int _eventId;
    private readonly ulong _run = NewRun();
    private long _next = -1;

    /// <summary>Takes requests that all have their event id, 32 bytes, at the same place.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="eventId">The event id of the first one.</param>
    public ScoreTraffic(byte[][] requests, string eventId)
    {
        _requests = requests;
        _eventId = requests[0].AsSpan().IndexOf(Encoding.ASCII.GetBytes(eventId));
    }

    /// <summary>Gets how many requests there are.</summary>
    public int Count => _requests.Length;

    /// <summary>Makes the load program's usual traffic with few accounts, all alike busy.</summary>
    /// <param name="count">How many requests.</param>
    /// <param name="shape">Whose events.</param>
    public static ScoreTraffic Of(int count, TrafficShape shape)
    {
        var writer = new RequestWriter(shape, NewRun());
        byte[][] requests = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            requests[i] = new byte[writer.MessageSize];
            writer.Write((ulong)i, requests[i]);
        }

        byte[] id = new byte[RequestWriter.EventIdSize];
        writer.WriteEventId(0, id);
        return new ScoreTraffic(requests, Encoding.ASCII.GetString(id));
    }

    /// <summary>Writes the next request into a payload. May be called from several threads.</summary>
    public void Next(ScorePayload payload)
    {
        long number = Interlocked.Increment(ref _next);
        byte[] request = _requests[number % _requests.Length];
        Span<byte> target = payload.Begin(request.Length);
        request.CopyTo(target);
        Span<byte> id = target.Slice(_eventId, RequestWriter.EventIdSize);
        FixedText.Hex(id[..16], _run);
        FixedText.Hex(id[16..], (ulong)number);
    }

    // Keeps the event ids of two runs apart.
    private static ulong NewRun() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
