using System.Text;
using CsCheck;
using Google.Protobuf;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Tests.Wire;

public class ProtobufWriterTests
{
    [Fact]
    public void What_is_written_are_the_bytes_that_generated_code_writes() =>
        Gen.Select(Gen.UInt, Gen.Double, Gen.String, Gen.Bool).Sample((number, real, text, flag) =>
        {
            // Half a surrogate pair has no UTF-8; both writers put U+FFFD.
            // Google's C# leaves −0 out, its C++ writes it, as this writer does.
            real = real == 0 ? 1 : real;
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            var expected = new Reason { Rule = text, Value = real, WindowSeconds = number, Contribution = -real, AtLeast = flag };
            var writer = new ProtobufWriter();
            writer.WriteString(Reason.RuleFieldNumber, text);
            writer.WriteDouble(Reason.ValueFieldNumber, real);
            writer.WriteUnsigned(Reason.WindowSecondsFieldNumber, number);
            writer.WriteDouble(Reason.ContributionFieldNumber, -real);
            writer.WriteBoolean(Reason.AtLeastFieldNumber, flag);
            Assert.Equal(expected.ToByteArray(), writer.Written.ToArray());
        });

    [Theory]
    [InlineData(0, 1)]
    [InlineData(127, 1)]
    [InlineData(128, 2)]
    [InlineData(16_383, 2)]
    [InlineData(16_384, 3)]
    [InlineData(2_097_151, 3)]
    [InlineData(2_097_152, 4)]
    public void A_message_is_put_behind_a_length_of_as_many_bytes_as_it_takes(int size, int prefix)
    {
        // What the bytes field inside takes for its own tag and length.
        var overhead = size < 130 ? 2 : size < 16_387 ? 3 : 4;
        var content = new byte[Math.Max(size - overhead, 0)];
        new Random(size).NextBytes(content);
        var writer = new ProtobufWriter();
        writer.WriteUnsigned(3, 7);
        var mark = writer.BeginMessage(1);
        writer.WriteBytes(1, content);
        writer.EndMessage(mark);
        writer.WriteUnsigned(2, 5);

        byte[] inner = size == 0 ? [] : WireBytes.Bytes(1, content);
        Assert.Equal(size, inner.Length);
        Assert.Equal(prefix, WireBytes.Varint((ulong)size).Length);
        Assert.Equal<byte>([.. WireBytes.Number(3, 7), .. WireBytes.Bytes(1, inner), .. WireBytes.Number(2, 5)], writer.Written.ToArray());
    }

    [Fact]
    public void Messages_within_messages_keep_their_lengths_at_every_fill_of_the_buffer()
    {
        // The buffer grows while a length is put in front; every distance from its end is tried.
        for (var fill = 4_000; fill < 4_120; fill++)
        {
            var writer = new ProtobufWriter();
            writer.WriteBytes(9, new byte[fill - 3]);
            var outer = writer.BeginMessage(1);
            var inner = writer.BeginMessage(2);
            writer.WriteUnsigned(3, ulong.MaxValue);
            writer.EndMessage(inner);
            writer.EndMessage(outer);
            byte[] expected =
            [
                .. WireBytes.Bytes(9, new byte[fill - 3]),
                .. WireBytes.Bytes(1, WireBytes.Bytes(2, WireBytes.Number(3, ulong.MaxValue))),
            ];
            Assert.Equal(expected, writer.Written.ToArray());
        }
    }

    [Fact]
    public void Defaults_are_left_out_and_negative_zero_is_not_one()
    {
        var writer = new ProtobufWriter();
        writer.WriteUnsigned(1, 0);
        writer.WriteBoolean(2, false);
        writer.WriteDouble(3, 0);
        writer.WriteBytes(4, []);
        writer.WriteString(5, "");
        Assert.True(writer.Written.IsEmpty);
        writer.WriteDouble(3, -0.0);
        Assert.Equal(9, writer.Written.Length);
        writer.Clear();
        Assert.True(writer.Written.IsEmpty);
    }
}
