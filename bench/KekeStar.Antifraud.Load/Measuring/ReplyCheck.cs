using KekeStar.Antifraud.Load.Http2;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>What a reply turned out to be.</summary>
internal enum ReplyVerdict
{
    /// <summary>Right as far as it was looked at.</summary>
    Right,

    /// <summary>Not the answer to this request.</summary>
    Wrong,

    /// <summary>The answer to this request: an event of it cannot be scored.</summary>
    Refused,
}

/// <summary>
/// Checks that a reply answers its request. Score: each reply carries the request's event id, those of a batch in
/// their order. Echo: each has the request's length, and one in <see cref="EchoSample"/> its very bytes.
/// </summary>
internal sealed class ReplyCheck(LoadMethod method, IRequestSource source, int eventsPerCall)
{
    /// <summary>One echo in this many is compared byte for byte.</summary>
    public const int EchoSample = 256;

    private readonly byte[] _expected = new byte[source.MessageSize];

    /// <summary>Checks the reply of a call that ended well.</summary>
    /// <param name="call">The call.</param>
    /// <param name="degraded">How many of its events have a degraded answer.</param>
    public ReplyVerdict Check(Call call, out int degraded)
    {
        degraded = 0;
        GrpcMessage.TryRead(call.Reply, out ReadOnlySpan<byte> message);
        return method switch
        {
            LoadMethod.Echo => CheckEcho(call.Request, message),
            LoadMethod.Batch => CheckBatch(call.Request, message, ref degraded),
            _ => CheckScore(call.Request, message, ref degraded),
        };
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

    private ReplyVerdict CheckScore(ulong request, ReadOnlySpan<byte> message, ref int degraded)
    {
        Span<byte> eventId = _expected.AsSpan(0, RequestWriter.EventIdSize);
        source.WriteEventId(request, eventId);
        if (!ScoreReplyScan.TryRead(message, out ScoreReplyScan reply) || !reply.EventId.SequenceEqual(eventId))
        {
            return ReplyVerdict.Wrong;
        }

        degraded += reply.Degraded ? 1 : 0;
        return reply.Refused ? ReplyVerdict.Refused : ReplyVerdict.Right;
    }

    private ReplyVerdict CheckBatch(ulong request, ReadOnlySpan<byte> message, ref int degraded)
    {
        for (int i = 0; i < eventsPerCall; i++)
        {
            if (!ScoreReplyScan.TryTakeReply(ref message, out ReadOnlySpan<byte> reply))
            {
                return ReplyVerdict.Wrong;
            }

            ReplyVerdict verdict = CheckScore(request + (ulong)i, reply, ref degraded);
            if (verdict != ReplyVerdict.Right)
            {
                return verdict;
            }
        }

        return message.IsEmpty ? ReplyVerdict.Right : ReplyVerdict.Wrong;
    }
}
