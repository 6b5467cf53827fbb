using System.Text;

namespace KekeStar.Antifraud.Load.Hpack;

/// <summary>
/// The encoded header block of a gRPC call, which is the same for all calls of a connection. The first block
/// puts its fields into the server's dynamic table, as any gRPC client does; all later ones are a few indices.
/// </summary>
internal sealed class RequestHeaders
{
    private RequestHeaders(byte[] first, byte[] later)
    {
        First = first;
        Later = later;
    }

    /// <summary>Gets the block of the connection's first call.</summary>
    public byte[] First { get; }

    /// <summary>Gets the block of every later call.</summary>
    public byte[] Later { get; }

    /// <summary>Encodes the headers of a call.</summary>
    /// <param name="authority">Host and port.</param>
    /// <param name="path">"/package.Service/Method".</param>
    /// <param name="timeout">Value of grpc-timeout, such as "100m"; null: no deadline.</param>
    /// <param name="tableLimit">The server's SETTINGS_HEADER_TABLE_SIZE. Too small for the fields: they are sent as literals.</param>
    public static RequestHeaders Encode(string authority, string path, string? timeout, int tableLimit)
    {
        List<(int StaticName, string Name, string Value)> fields =
        [
            (HpackStaticTable.Path, ":path", path),
            (HpackStaticTable.Authority, ":authority", authority),
            (HpackStaticTable.ContentType, "content-type", "application/grpc"),
            (0, "te", "trailers"),
            (HpackStaticTable.UserAgent, "user-agent", "kekestar-load"),
        ];
        if (timeout is not null)
        {
            fields.Add((0, "grpc-timeout", timeout));
        }

        bool indexed = fields.Sum(static field => field.Name.Length + field.Value.Length + 32) <= tableLimit;
        List<byte> literal = [0x80 | HpackStaticTable.MethodPost, 0x80 | HpackStaticTable.SchemeHttp];
        List<byte> later = [.. literal];
        foreach ((int staticName, string name, string value) in fields)
        {
            HpackInteger.Write(literal, indexed ? 0x40 : 0x00, indexed ? 6 : 4, staticName);
            if (staticName == 0)
            {
                WriteString(literal, name);
            }

            WriteString(literal, value);
        }

        // The field added last has the lowest dynamic index.
        for (int i = fields.Count; indexed && i > 0; i--)
        {
            HpackInteger.Write(later, 0x80, 7, HpackStaticTable.Count + i);
        }

        if (indexed)
        {
            return new RequestHeaders([.. literal], [.. later]);
        }

        // A lowered limit must be acknowledged before the first field: RFC 7541 clause 4.2.
        List<byte> first = [];
        HpackInteger.Write(first, 0x20, 5, 0);
        first.AddRange(literal);
        return new RequestHeaders([.. first], [.. literal]);
    }

    private static void WriteString(List<byte> output, string text)
    {
        HpackInteger.Write(output, 0, 7, text.Length);
        output.AddRange(Encoding.ASCII.GetBytes(text));
    }
}
