using CsCheck;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Tests.Wire;

public class ProtobufReaderTests
{
    [Fact]
    public void Every_varint_is_read_back_whatever_its_length() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 63]).Sample((value, shift) =>
        {
            var expected = value >> shift;
            var reader = new ProtobufReader(WireBytes.Varint(expected));
            Assert.Equal(expected, reader.ReadVarint());
            Assert.True(reader.IsAtEnd);
            Assert.False(reader.IsMalformed);
        });

    [Fact]
    public void A_varint_may_be_padded_to_ten_bytes_but_not_to_eleven()
    {
        var padded = new ProtobufReader([0x85, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]);
        Assert.Equal(5ul, padded.ReadVarint());
        Assert.True(padded.IsAtEnd && !padded.IsMalformed);

        var tooLong = new ProtobufReader([0x85, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]);
        Assert.Equal(0ul, tooLong.ReadVarint());
        Assert.True(tooLong.IsMalformed);
    }

    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[0])]
    public void A_varint_that_ends_too_early_is_malformed(byte[] bytes)
    {
        var reader = new ProtobufReader(bytes);
        reader.ReadVarint();
        Assert.True(reader.IsMalformed);
        Assert.True(reader.IsAtEnd);
        Assert.False(reader.TryReadTag(out _));
    }

    [Theory]
    [InlineData(new byte[] { 0x00 })]
    [InlineData(new byte[] { 0x07 })]
    [InlineData(new byte[] { 0x0B })]
    [InlineData(new byte[] { 0x0C })]
    [InlineData(new byte[] { 0x0E })]
    [InlineData(new byte[] { 0x0F })]
    [InlineData(new byte[] { 0x88, 0x80, 0x80, 0x80, 0x10 })]
    public void Field_zero_groups_unknown_wire_types_and_overlong_numbers_are_malformed(byte[] bytes)
    {
        var reader = new ProtobufReader(bytes);
        Assert.False(reader.TryReadTag(out _));
        Assert.True(reader.IsMalformed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(2_047)]
    [InlineData(2_048)]
    [InlineData(536_870_911)]
    public void Every_field_number_and_wire_type_is_read_and_stepped_over(int number)
    {
        foreach (var type in WireBytes.AllTypes)
        {
            byte[] bytes = [.. WireBytes.OfType(number, type), .. WireBytes.Number(1, 9)];
            var reader = new ProtobufReader(bytes);
            Assert.True(reader.TryReadTag(out var field));
            Assert.Equal((number, type), (field, reader.WireType));
            reader.Skip();
            Assert.True(reader.TryReadTag(out field));
            Assert.Equal(1, field);
            Assert.Equal(9ul, reader.ReadVarint());
            Assert.False(reader.TryReadTag(out _));
            Assert.False(reader.IsMalformed);
        }
    }

    [Fact]
    public void Every_cut_through_a_field_is_malformed()
    {
        foreach (var type in WireBytes.AllTypes)
        {
            var whole = WireBytes.OfType(1, type);
            for (var length = 1; length < whole.Length; length++)
            {
                var reader = new ProtobufReader(whole.AsSpan(0, length));
                Assert.True(reader.TryReadTag(out _));
                reader.Skip();
                Assert.True(reader.IsMalformed, $"{type} cut to {length}");
            }
        }
    }

    [Theory]
    [InlineData(0x7FFFFFFFul)]
    [InlineData(0x80000000ul)]
    [InlineData(0xFFFFFFFFul)]
    [InlineData(0x1_0000_0001ul)]
    [InlineData(0x7FFFFFFF_FFFFFFFFul)]
    [InlineData(0xFFFFFFFF_FFFFFFFFul)]
    public void A_length_beyond_the_message_is_malformed(ulong length)
    {
        byte[] bytes = [.. WireBytes.Tag(1, WireType.LengthDelimited), .. WireBytes.Varint(length), 1, 2, 3];
        var reader = new ProtobufReader(bytes);
        Assert.True(reader.TryReadTag(out _));
        Assert.True(reader.ReadBytes().IsEmpty);
        Assert.True(reader.IsMalformed);
    }

    [Fact]
    public void Random_bytes_end_and_are_malformed_or_wholly_read() =>
        Gen.Byte.Array[0, 64].Sample(
            bytes =>
            {
                var reader = new ProtobufReader(bytes);
                var fields = 0;
                while (reader.TryReadTag(out var field))
                {
                    Assert.InRange(field, 1, 536_870_911);
                    reader.Skip();
                    fields++;
                }

                Assert.InRange(fields, 0, bytes.Length);
                Assert.True(reader.IsAtEnd);
            },
            iter: 20_000);
}
