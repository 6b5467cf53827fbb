using Google.Protobuf;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Load.Traffic;

/// <summary>
/// Requests made before the run, so that sending a sealed one costs the generator no more than sending any other: a
/// copy of its bytes.
/// </summary>
internal sealed class PreparedRequests : IRequestSource
{
    private readonly RequestWriter _writer;
    private readonly byte[][] _ofConnection;

    /// <summary>Makes the requests.</summary>
    /// <param name="writer">Writes them unsealed.</param>
    /// <param name="connections">How many connections.</param>
    /// <param name="perConnection">How many for each; all together take that many times their size of memory.</param>
    /// <param name="sealer">Seals them as a gateway would; null: they stay as they are.</param>
    public PreparedRequests(RequestWriter writer, int connections, int perConnection, IdentifierSealer? sealer)
    {
        _writer = writer;
        PerConnection = perConnection;
        byte[] plain = new byte[writer.MessageSize];
        MessageSize = Encode(0).Length;
        _ofConnection = new byte[connections][];
        for (int connection = 0; connection < connections; connection++)
        {
            byte[] requests = GC.AllocateUninitializedArray<byte>(checked(perConnection * MessageSize));
            for (int i = 0; i < perConnection; i++)
            {
                // A longer one would have no room: all values of the template have a fixed length.
                Encode(RequestNumbers.Of(connection, i)).CopyTo(requests.AsSpan(i * MessageSize, MessageSize));
            }

            _ofConnection[connection] = requests;
        }

        ReadOnlySpan<byte> Encode(ulong number)
        {
            writer.Write(number, plain);
            if (sealer is null)
            {
                return plain;
            }

            ScoreRequest request = ScoreRequest.Parser.ParseFrom(plain);
            sealer.Seal(request);
            return request.ToByteArray();
        }
    }

    /// <inheritdoc/>
    public int MessageSize { get; }

    /// <inheritdoc/>
    public long PerConnection { get; }

    /// <inheritdoc/>
    public void Write(ulong number, Span<byte> target)
        => _ofConnection[RequestNumbers.ConnectionOf(number)].AsSpan((int)RequestNumbers.CountOf(number) * MessageSize, MessageSize).CopyTo(target);

    /// <inheritdoc/>
    public void WriteEventId(ulong number, Span<byte> target) => _writer.WriteEventId(number, target);
}
