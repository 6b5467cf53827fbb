namespace KekeStar.Antifraud.Load.Http2;

/// <summary>What calls a connection makes: all to one method, all of one size.</summary>
internal sealed record CallShape
{
    /// <summary>Gets ":path": "/package.Service/Method".</summary>
    public required string Path { get; init; }

    /// <summary>Gets the value of grpc-timeout; null: no deadline.</summary>
    public string? Timeout { get; init; }

    /// <summary>Gets the bytes of every request message.</summary>
    public required int MessageSize { get; init; }

    /// <summary>Gets the streams open at most: unary calls in flight, or long-lived streams.</summary>
    public required int Streams { get; init; }

    /// <summary>Gets the messages in flight on each long-lived stream; 0: unary, each call has a stream of its own.</summary>
    public int MessagesPerStream { get; init; }
}
