using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>A gRPC message that announces more than it sends; then it waits or ends.</summary>
internal sealed class StalledContent : HttpContent
{
    private readonly byte[] _message;
    private readonly int _announced;
    private readonly bool _waits;
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes the content.</summary>
    /// <param name="message">What is sent.</param>
    /// <param name="missing">Bytes that are announced and never come.</param>
    /// <param name="waits">True: the stream stays open until it is cancelled. False: it ends.</param>
    public StalledContent(byte[] message, int missing, bool waits)
    {
        _message = message;
        _announced = message.Length + missing;
        _waits = waits;
        Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
    }

    /// <summary>Done once the bytes are on their way.</summary>
    public Task Sent => _sent.Task;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var prefix = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), _announced);
        await stream.WriteAsync(prefix, cancellationToken);
        await stream.WriteAsync(_message, cancellationToken);
        await stream.FlushAsync(cancellationToken);
        _sent.SetResult();
        if (_waits)
        {
            // Ends when either side has given the call up, which is no fault of the content.
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
