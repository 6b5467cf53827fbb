using CsCheck;
using KekeStar.Antifraud.Load.Http2;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class FrameTests
{
    private static readonly Gen<(FrameHeader Header, byte[] Payload)> Frames =
        from payload in Gen.Byte.Array[0, 300]
        from type in Gen.Byte
        from flags in Gen.Byte
        from stream in Gen.Int[0, int.MaxValue]
        select (new FrameHeader(payload.Length, type, flags, stream), payload);

    [Fact]
    public void Frames_come_out_whole_however_the_bytes_were_cut()
        => Gen.Select(Frames.List[1, 20], Gen.Int[1, 40].Array[1, 10]).Sample((frames, cuts) =>
        {
            var sent = new SendBuffer();
            foreach ((FrameHeader header, byte[] payload) in frames)
            {
                payload.CopyTo(sent.Frame(header.Type, header.Flags, header.StreamId, payload.Length));
            }

            var buffer = new ReceiveBuffer();
            var taken = new List<(FrameHeader, byte[])>();
            ReadOnlySpan<byte> rest = sent.Written;
            for (int i = 0; !rest.IsEmpty; i++)
            {
                int cut = Math.Min(cuts[i % cuts.Length], rest.Length);
                buffer.Append(rest[..cut]);
                rest = rest[cut..];
                while (buffer.TryTake(out FrameHeader header, out ReadOnlySpan<byte> payload))
                {
                    taken.Add((header, payload.ToArray()));
                }
            }

            Assert.Equal(frames.Select(static frame => frame.Header), taken.Select(static frame => frame.Item1));
            Assert.Equal(frames.Select(static frame => frame.Payload), taken.Select(static frame => frame.Item2));
        });

    [Fact]
    public void A_frame_above_the_allowed_size_is_refused()
    {
        var buffer = new ReceiveBuffer();
        buffer.Append([0, 0x40, 0x01, 0, 0, 0, 0, 0, 1]);

        Assert.Throws<Http2Exception>(() => buffer.TryTake(out _, out _));
    }

    [Theory]
    [InlineData(FrameType.Data, FrameFlags.Padded, "02aabb0000", "aabb")]
    [InlineData(FrameType.Data, 0, "02aabb", "02aabb")]
    [InlineData(FrameType.Headers, FrameFlags.Priority, "0000000010aabb", "aabb")]
    [InlineData(FrameType.Headers, FrameFlags.Padded | FrameFlags.Priority, "010000000010aabb00", "aabb")]
    public void Padding_and_priority_come_off(byte type, byte flags, string payload, string content)
        => Assert.Equal(content, Convert.ToHexStringLower(FramePayload.Content(new FrameHeader(payload.Length / 2, type, flags, 1), Convert.FromHexString(payload))));

    [Fact]
    public void Padding_longer_than_its_frame_is_refused()
        => Assert.Throws<Http2Exception>(() => FramePayload.Content(new FrameHeader(2, FrameType.Data, FrameFlags.Padded, 1), [2, 0]).Length);

    [Theory]
    [InlineData("0000000002aabb", "aabb")]
    [InlineData("0000000000", "")]
    [InlineData("0100000002aabb", null)]
    [InlineData("0000000003aabb", null)]
    [InlineData("0000000001aabb", null)]
    [InlineData("000000", null)]
    public void A_reply_is_one_whole_uncompressed_message(string data, string? message)
    {
        bool whole = GrpcMessage.TryRead(Convert.FromHexString(data), out ReadOnlySpan<byte> read);

        Assert.Equal(message, whole ? Convert.ToHexStringLower(read) : null);
    }
}
