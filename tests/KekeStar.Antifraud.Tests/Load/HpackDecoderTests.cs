using System.Text;
using KekeStar.Antifraud.Load.Hpack;
using KekeStar.Antifraud.Load.Http2;

namespace KekeStar.Antifraud.Tests.Load;

/// <summary>The examples are those of RFC 7541, appendix C.</summary>
public sealed class HpackDecoderTests
{
    private const string Response1 = ":status: 302|cache-control: private|date: Mon, 21 Oct 2013 20:13:21 GMT|location: https://www.example.com";
    private const string Response2 = ":status: 307|cache-control: private|date: Mon, 21 Oct 2013 20:13:21 GMT|location: https://www.example.com";
    private const string Response3 = ":status: 200|cache-control: private|date: Mon, 21 Oct 2013 20:13:22 GMT|location: https://www.example.com|content-encoding: gzip|set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";

    [Theory]
    [InlineData("400a637573746f6d2d6b65790d637573746f6d2d686561646572", "custom-key: custom-header")]
    [InlineData("040c2f73616d706c652f70617468", ":path: /sample/path")]
    [InlineData("100870617373776f726406736563726574", "password: secret")]
    [InlineData("82", ":method: GET")]
    [InlineData("828684410f7777772e6578616d706c652e636f6d", ":method: GET|:scheme: http|:path: /|:authority: www.example.com")]
    [InlineData("828684418cf1e3c2e5f23a6ba0ab90f4ff", ":method: GET|:scheme: http|:path: /|:authority: www.example.com")]
    public void A_block_of_the_RFC_gives_its_fields(string block, string fields)
        => Assert.Equal(fields, Fields(new HpackDecoder(4096), block));

    [Fact]
    public void Responses_of_the_RFC_are_read_through_a_table_of_256_bytes_with_eviction()
    {
        var decoder = new HpackDecoder(256);

        Assert.Equal(Response1, Fields(decoder, "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d"));
        Assert.Equal(Response2, Fields(decoder, "4803333037c1c0bf"));
        Assert.Equal(Response3, Fields(decoder, "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31"));
    }

    [Fact]
    public void Huffman_coded_responses_of_the_RFC_are_read_too()
    {
        var decoder = new HpackDecoder(256);

        Assert.Equal(Response1, Fields(decoder, "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3"));
        Assert.Equal(Response2, Fields(decoder, "4883640effc1c0bf"));
        Assert.Equal(Response3, Fields(decoder, "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007"));
    }

    [Theory]
    [InlineData("be")]
    [InlineData("80")]
    [InlineData("7f")]
    [InlineData("40")]
    [InlineData("000561")]
    [InlineData("3fffffffffff0f")]
    [InlineData("3fe21f")]
    [InlineData("0084ffffffff0161")]
    public void A_malformed_block_is_refused(string block)
        => Assert.Throws<Http2Exception>(() => Fields(new HpackDecoder(4096), block));

    private static string Fields(HpackDecoder decoder, string block)
    {
        var fields = new List<string>();
        decoder.Decode(Convert.FromHexString(block), (name, value) => fields.Add($"{Encoding.ASCII.GetString(name)}: {Encoding.ASCII.GetString(value)}"));
        return string.Join('|', fields);
    }
}
