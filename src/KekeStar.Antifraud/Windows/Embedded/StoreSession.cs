using Garnet.networking;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>A Garnet session with its buffers. Serves one thread at a time.</summary>
internal sealed class StoreSession(SocketlessServer server) : IDisposable
{
    private readonly ReplyBuffer _replies = new();
    private IMessageConsumer? _consumer;

    /// <summary>The commands to carry out.</summary>
    public RequestBuffer Request { get; } = new();

    /// <summary>Takes the answers to an observation.</summary>
    public InPlaceAnswers Answers { get; } = new();

    /// <summary>True if the session cannot be used again.</summary>
    public bool IsBroken => _replies.IsBroken;

    /// <summary>The replies of the last <see cref="Run"/>.</summary>
    public ReplyReader Replies => new(_replies.Replies);

    /// <summary>Carries out the commands in <see cref="Request"/>, and empties it.</summary>
    /// <returns>False if Garnet did not take all of them.</returns>
    public unsafe bool Run()
    {
        _consumer ??= server.NewSession(_replies);
        _replies.Clear();
        var length = Request.Length;
        var taken = _consumer.TryConsumeMessages(Request.Start, length);
        Request.Clear();
        return taken == length && !IsBroken;
    }

    /// <summary>Carries out the commands in <see cref="Request"/>, whose answers go to <see cref="Answers"/>.</summary>
    /// <returns>False if Garnet did not take all of them.</returns>
    public unsafe bool RunInPlace()
    {
        Answers.Open(Request.Start);
        try
        {
            return Run();
        }
        finally
        {
            Answers.Close();
        }
    }

    /// <summary>Ends the session and gives its memory back.</summary>
    public void Dispose()
    {
        _consumer?.Dispose();
        _replies.Free();
        Request.Free();
    }
}
