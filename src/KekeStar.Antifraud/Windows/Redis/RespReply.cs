using System.Buffers;
using System.Buffers.Text;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// One reply of Redis's protocol (RESP2), read where it lies. Arrays are not read: no command sent here is answered by
/// one.
/// </summary>
internal readonly ref struct RespReply
{
    /// <summary>
    /// Longest bulk string taken: 512 MiB, what Redis allows for a value. Longer, or negative other than −1, is no reply.
    /// </summary>
    public const int MaxBulkLength = 512 * 1024 * 1024;

    // The longest line before a bulk string or for a number: a sign and 19 digits. Errors are one line of text.
    private const int MaxNumberLength = 20;
    private const int MaxTextLength = 64 * 1024;

    private RespReply(RespReplyKind kind, long integer, ReadOnlySpan<byte> bytes)
    {
        Kind = kind;
        Integer = integer;
        Bytes = bytes;
    }

    /// <summary>What was answered.</summary>
    public RespReplyKind Kind { get; }

    /// <summary>The number; 0 unless <see cref="Kind"/> is Integer.</summary>
    public long Integer { get; }

    /// <summary>The word, the error's text or the bytes; else empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Reads the first reply of what was received.</summary>
    /// <param name="received">What was received.</param>
    /// <param name="reply">The reply; only of use if the result is Done.</param>
    /// <param name="length">How many bytes it took; if more data is needed, how many are known to be needed in all.</param>
    /// <returns>Done, NeedMoreData, or InvalidData for what is no reply.</returns>
    public static OperationStatus TryRead(ReadOnlySpan<byte> received, out RespReply reply, out int length)
    {
        reply = default;
        var end = received.IndexOf("\r\n"u8);
        if (end < 0)
        {
            length = received.Length + 1;
            return IsBegun(received) ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
        }

        length = end + 2;
        if (end == 0)
        {
            return OperationStatus.InvalidData;
        }

        var line = received[1..end];
        switch (received[0])
        {
            case (byte)'+':
                reply = new RespReply(RespReplyKind.Simple, 0, line);
                return OperationStatus.Done;
            case (byte)'-':
                reply = new RespReply(RespReplyKind.Error, 0, line);
                return OperationStatus.Done;
            case (byte)':' when IsNumber(line, out var number):
                reply = new RespReply(RespReplyKind.Integer, number, default);
                return OperationStatus.Done;
            case (byte)'$' when IsNumber(line, out var size) && size is >= -1 and <= MaxBulkLength:
                return ReadBulk(received, (int)size, ref length, ref reply);
            default:
                return OperationStatus.InvalidData;
        }
    }

    private static OperationStatus ReadBulk(ReadOnlySpan<byte> received, int size, ref int length, ref RespReply reply)
    {
        if (size < 0)
        {
            reply = new RespReply(RespReplyKind.Null, 0, default);
            return OperationStatus.Done;
        }

        var start = length;
        length += size + 2;
        if (received.Length < length)
        {
            return OperationStatus.NeedMoreData;
        }

        if (received[length - 2] != (byte)'\r' || received[length - 1] != (byte)'\n')
        {
            return OperationStatus.InvalidData;
        }

        reply = new RespReply(RespReplyKind.Bulk, 0, received.Slice(start, size));
        return OperationStatus.Done;
    }

    private static bool IsNumber(ReadOnlySpan<byte> line, out long number) =>
        Utf8Parser.TryParse(line, out number, out var used) && used == line.Length;

    // A line without an end is only waited for while it can become one.
    private static bool IsBegun(ReadOnlySpan<byte> received) =>
        received.IsEmpty || received[0] switch
        {
            (byte)'+' or (byte)'-' => received.Length <= MaxTextLength,
            (byte)':' or (byte)'$' => received.Length <= MaxNumberLength + 2,
            _ => false,
        };
}
