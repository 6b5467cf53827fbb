using Garnet.networking;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>A Garnet session with its buffers. Serves one thread at a time.</summary>
internal sealed class StoreSession(SocketlessServer server) : IDisposable
{
    private readonly ReplyBuffer _replies = new();
    private IMessageConsumer? _consumer;

    /// <summary>The commands to carry out.</summary>
    public RequestBuffer Request { get; } = new();

    /// <summary>True if the session cannot be used again.</summary>
    public bool IsBroken => _replies.IsBroken;

    /// <summary>The replies of the last <see cref="Run"/>.</summary>
    public ReplyReader Replies => new(_replies.Replies);

    /// <summary>Where the replies of the last <see cref="Run"/> lie: the room given to it, or larger memory in its stead.</summary>
    public byte[] ReplyMemory => _replies.Memory;

    /// <summary>Carries out the commands in <see cref="Request"/>, and empties it.</summary>
    /// <param name="room">Pinned memory for the replies; null: the session's own.</param>
    /// <returns>False if Garnet did not take all of them.</returns>
    public unsafe bool Run(byte[]? room = null)
    {
        _consumer ??= server.NewSession(_replies);
        _replies.Begin(room);
        var length = Request.Length;
        var taken = _consumer.TryConsumeMessages(Request.Start, length);
        Request.Clear();
        return taken == length && !IsBroken;
    }

    /// <summary>Ends the session and gives its memory back.</summary>
    public void Dispose()
    {
        _consumer?.Dispose();
        Request.Free();
    }
}
