using System.Text;
using KekeStar.Antifraud.Load.Hpack;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class RequestHeadersTests
{
    private const string Expected = ":method=POST :scheme=http :path=/a.B/C :authority=127.0.0.1:5000 content-type=application/grpc te=trailers user-agent=kekestar-load grpc-timeout=100m";

    [Theory]
    [InlineData(4096)]
    [InlineData(0)]
    public void First_and_later_blocks_mean_the_same(int tableLimit)
    {
        RequestHeaders headers = RequestHeaders.Encode("127.0.0.1:5000", "/a.B/C", "100m", tableLimit);
        var server = new HpackDecoder(tableLimit);

        Assert.Equal(Expected, Fields(server, headers.First));
        Assert.Equal(Expected, Fields(server, headers.Later));
        Assert.Equal(Expected, Fields(server, headers.Later));
    }

    [Fact]
    public void A_later_block_is_one_byte_for_each_field()
        => Assert.Equal(7, RequestHeaders.Encode("127.0.0.1:5000", "/a.B/C", timeout: null, tableLimit: 4096).Later.Length);

    private static string Fields(HpackDecoder decoder, byte[] block)
    {
        var fields = new List<string>();
        decoder.Decode(block, (name, value) => fields.Add($"{Encoding.ASCII.GetString(name)}={Encoding.ASCII.GetString(value)}"));
        return string.Join(' ', fields);
    }
}
