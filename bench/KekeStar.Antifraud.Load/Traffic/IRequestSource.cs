namespace KekeStar.Antifraud.Load.Traffic;

/// <summary>
/// Where the encoded requests come from: written as they are sent (<see cref="RequestWriter"/>) or made beforehand
/// (<see cref="PreparedRequests"/>).
/// </summary>
internal interface IRequestSource
{
    /// <summary>Gets the size of every request in bytes.</summary>
    int MessageSize { get; }

    /// <summary>Gets how many requests it has for each connection.</summary>
    long PerConnection { get; }

    /// <summary>Writes a request.</summary>
    /// <param name="number">The request's number in the run, see <see cref="RequestNumbers"/>.</param>
    /// <param name="target">At least <see cref="MessageSize"/> bytes.</param>
    void Write(ulong number, Span<byte> target);

    /// <summary>Writes the event id of a request.</summary>
    void WriteEventId(ulong number, Span<byte> target);
}
