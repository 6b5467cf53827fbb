using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Load.Http2;

/// <summary>
/// The calls of one connection, and how their messages are spread over its streams: a stream for each
/// (<see cref="UnaryCalls"/>), or many on each of a few (<see cref="StreamedCalls"/>).
/// </summary>
internal interface ICalls
{
    /// <summary>Gets how many calls are in flight.</summary>
    int InFlight { get; }

    /// <summary>Gets the calls that ended since <see cref="Recycle"/>.</summary>
    List<Call> Ended { get; }

    /// <summary>Tells whether a call can begin as far as its stream goes.</summary>
    /// <param name="allowedStreams">Streams that the server allows.</param>
    bool CanBegin(int allowedStreams);

    /// <summary>Begins a call and says where its message goes. Needs <see cref="CanBegin"/>.</summary>
    /// <param name="dueAt">When it was due.</param>
    /// <param name="request">Number of the request.</param>
    /// <param name="newStreamId">Id of the stream that is opened, if one is.</param>
    MessagePlace Begin(long dueAt, ulong request, int newStreamId);

    /// <summary>Takes DATA; gives by how much the stream's window must be widened, 0: not at all.</summary>
    /// <param name="header">The frame.</param>
    /// <param name="content">What is in it.</param>
    /// <exception cref="Http2Exception">It answers nothing that was asked.</exception>
    int TakeData(in FrameHeader header, ReadOnlySpan<byte> content);

    /// <summary>Takes what a header block said.</summary>
    void TakeHeaders(in FrameHeader header, CallStatus status);

    /// <summary>Takes RST_STREAM.</summary>
    void TakeReset(int streamId);

    /// <summary>Takes leave to send more on a stream.</summary>
    void TakeWindow(int streamId, int bytes);

    /// <summary>Takes a change of the window that every stream began with: RFC 9113 clause 6.9.2.</summary>
    void ChangeWindows(int bytes);

    /// <summary>Ends as lost the calls of all streams above one.</summary>
    void LoseAbove(int lastStreamId);

    /// <summary>Makes the ended calls available to new ones.</summary>
    void Recycle();
}

/// <summary>Where a message goes.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="Opens">Whether it begins with this message.</param>
/// <param name="Ends">Whether it ends with this message.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MessagePlace(int StreamId, bool Opens, bool Ends);
