using KekeStar.Antifraud.Load.Http2;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>What a reply turned out to be.</summary>
internal enum ReplyVerdict
{
    /// <summary>Right as far as it was looked at.</summary>
    Right,

    /// <summary>Right, and the service says that it is degraded.</summary>
    Degraded,

    /// <summary>Not the answer to this request.</summary>
    Wrong,
}

/// <summary>
/// Checks that a reply answers its request. Score: each reply carries the request's event id. Echo: each has
/// the request's length, and one in <see cref="EchoSample"/> its very bytes.
/// </summary>
internal sealed class ReplyCheck(LoadMethod method, IRequestSource source)
{
    /// <summary>One echo in this many is compared byte for byte.</summary>
    public const int EchoSample = 256;

    private readonly byte[] _expected = new byte[source.MessageSize];

    /// <summary>Checks the reply of a call that ended well.</summary>
    public ReplyVerdict Check(Call call)
    {
        GrpcMessage.TryRead(call.Reply, out ReadOnlySpan<byte> message);
        return method == LoadMethod.Echo ? CheckEcho(call.Request, message) : CheckScore(call.Request, message);
    }

    private ReplyVerdict CheckEcho(ulong request, ReadOnlySpan<byte> message)
    {
        if (request % EchoSample == 0)
        {
            source.Write(request, _expected);
            return message.SequenceEqual(_expected) ? ReplyVerdict.Right : ReplyVerdict.Wrong;
        }

        return message.Length == _expected.Length ? ReplyVerdict.Right : ReplyVerdict.Wrong;
    }

    private ReplyVerdict CheckScore(ulong request, ReadOnlySpan<byte> message)
    {
        Span<byte> eventId = _expected.AsSpan(0, RequestWriter.EventIdSize);
        source.WriteEventId(request, eventId);
        if (!ScoreReplyScan.TryRead(message, out ScoreReplyScan reply) || !reply.EventId.SequenceEqual(eventId))
        {
            return ReplyVerdict.Wrong;
        }

        return reply.Degraded ? ReplyVerdict.Degraded : ReplyVerdict.Right;
    }
}
