using System.Buffers;
using System.Text;
using KekeStar.Antifraud.Windows.Redis;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

public sealed class RespReplyTests
{
    [Theory]
    [InlineData("+OK\r\n", (int)RespReplyKind.Simple, 0, "OK")]
    [InlineData("+\r\n", (int)RespReplyKind.Simple, 0, "")]
    [InlineData("-ERR no\r\n", (int)RespReplyKind.Error, 0, "ERR no")]
    [InlineData(":0\r\n", (int)RespReplyKind.Integer, 0, "")]
    [InlineData(":-1\r\n", (int)RespReplyKind.Integer, -1, "")]
    [InlineData(":9223372036854775807\r\n", (int)RespReplyKind.Integer, long.MaxValue, "")]
    [InlineData("$-1\r\n", (int)RespReplyKind.Null, 0, "")]
    [InlineData("$0\r\n\r\n", (int)RespReplyKind.Bulk, 0, "")]
    [InlineData("$4\r\n\r\n\r\n\r\n", (int)RespReplyKind.Bulk, 0, "\r\n\r\n")]
    [InlineData("$12\r\n$5\r\nhello\r\n+\r\n", (int)RespReplyKind.Bulk, 0, "$5\r\nhello\r\n+")]
    public void A_reply_is_read_once_all_of_it_is_there_and_no_byte_more(string wire, int kind, long integer, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(wire + "+NEXT\r\n");
        for (var received = 0; received < wire.Length; received++)
        {
            Assert.Equal(OperationStatus.NeedMoreData, RespReply.TryRead(bytes.AsSpan(0, received), out _, out var needed));
            Assert.InRange(needed, received + 1, wire.Length);
        }

        for (var received = wire.Length; received <= bytes.Length; received++)
        {
            Assert.Equal(OperationStatus.Done, RespReply.TryRead(bytes.AsSpan(0, received), out var reply, out var length));
            Assert.Equal((wire.Length, kind, integer, text), (length, (int)reply.Kind, reply.Integer, Encoding.ASCII.GetString(reply.Bytes)));
        }
    }

    [Theory]
    [InlineData("*1\r\n+OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("\r\n")]
    [InlineData(":\r\n")]
    [InlineData(":12a\r\n")]
    [InlineData(":99999999999999999999\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("$536870913\r\n")]
    [InlineData("$x\r\n")]
    [InlineData("$3\r\nabcde")]
    [InlineData(":1234567890123456789012345")]
    public void What_is_no_reply_is_told_apart_from_one_that_is_still_coming(string wire) =>
        Assert.Equal(OperationStatus.InvalidData, RespReply.TryRead(Encoding.ASCII.GetBytes(wire), out _, out _));

    [Theory]
    [InlineData("READONLY You can't write against a read only replica.", (int)KekeStar.Antifraud.Windows.StoreStatus.ReadOnly)]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.", (int)KekeStar.Antifraud.Windows.StoreStatus.ReadOnly)]
    [InlineData("MOVED 1 127.0.0.1:1", (int)KekeStar.Antifraud.Windows.StoreStatus.Unavailable)]
    [InlineData("WRONGTYPE Operation against a key holding the wrong kind of value", (int)KekeStar.Antifraud.Windows.StoreStatus.Unavailable)]
    public void An_error_is_judged_by_its_first_word(string text, int status) =>
        Assert.Equal(status, (int)RedisFailure.OfReply(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("MOVED 3999 127.0.0.1:6381", true, 3999, "127.0.0.1:6381")]
    [InlineData("MOVED 0 ::1:6381", true, 0, "::1:6381")]
    [InlineData("MOVED 16384 127.0.0.1:6381", false, 0, null)]
    [InlineData("MOVED", false, 0, null)]
    [InlineData("ASK 3999 127.0.0.1:6381", false, 0, null)]
    public void A_moved_slot_is_read(string text, bool isMoved, int slot, string? server)
    {
        Assert.Equal(isMoved, MovedSlot.TryRead(Encoding.ASCII.GetBytes(text), out var moved));
        Assert.Equal((slot, server), (moved.Slot, moved.Server));
    }
}
