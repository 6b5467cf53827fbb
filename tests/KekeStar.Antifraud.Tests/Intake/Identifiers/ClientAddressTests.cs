using System.Net;
using System.Net.Sockets;
using System.Text;
using CsCheck;
using KekeStar.Antifraud.Intake.Identifiers;

namespace KekeStar.Antifraud.Tests.Intake.Identifiers;

public class ClientAddressTests
{
    [Theory]
    [InlineData("8.8.8.8", "8.8.8.8")]
    [InlineData(" 203.0.113.7 ", "203.0.113.7")]
    [InlineData("100.64.0.1", "100.64.0.1")] // Carrier-grade NAT stays.
    [InlineData("172.15.255.255", "172.15.255.255")]
    [InlineData("172.32.0.0", "172.32.0.0")]
    [InlineData("::ffff:8.8.8.8", "8.8.8.8")]
    [InlineData("::FFFF:808:808", "8.8.8.8")]
    [InlineData("0:0:0:0:0:ffff:8.8.8.8", "8.8.8.8")]
    public void An_ipv4_address_is_read_in_all_its_forms(string text, string expected)
    {
        Assert.Equal((NormaliseStatus.Ok, true, IPAddress.Parse(expected).MapToIPv6()), Read(text));
    }

    [Theory]
    // The examples of RFC 4291 clause 2.2 that are unicast and public.
    [InlineData("2001:DB8:0:0:8:800:200C:417A")]
    [InlineData("2001:DB8::8:800:200C:417A")]
    [InlineData("ABCD:EF01:2345:6789:ABCD:EF01:2345:6789")]
    [InlineData("::13.1.68.3")]
    [InlineData("2400:3200::1")]
    [InlineData("2400:3200:1:2:3:4:5::")]
    [InlineData("::2400:1:2:3:4:5:6")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("1:2:3:4:5:6:203.0.113.255")]
    public void An_ipv6_address_is_read_as_the_platform_reads_it(string text)
    {
        Assert.Equal((NormaliseStatus.Ok, false, IPAddress.Parse(text)), Read(text));
    }

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.1000")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.00")]
    [InlineData("0x8.8.8.8")]
    [InlineData("134744072")]
    [InlineData("1.2.3.4 5")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData("1..2.3")]
    [InlineData("8.8.8.8:443")]
    [InlineData("1.2.3.4/24")]
    [InlineData(":")]
    [InlineData(":1")]
    [InlineData("1:")]
    [InlineData(":::")]
    [InlineData("1:::2")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("::1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("12345::1")]
    [InlineData("g::1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("2400::1%1")]
    [InlineData("[2400::1]")]
    [InlineData("2400::1/64")]
    [InlineData("::1.2.3")]
    [InlineData("::1.2.3.04")]
    [InlineData("1.2.3.4::")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("example.org")]
    public void What_is_no_address_is_malformed(string text) =>
        Assert.Equal(NormaliseStatus.Malformed, Read(text).Status);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.1.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::ffff:192.168.1.1")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("fc00::1")]
    [InlineData("fdff::1")]
    [InlineData("ff02::1")]
    [InlineData("")]
    [InlineData("unknown")] // RFC 7239: what a proxy says that does not know.
    public void An_address_that_is_no_public_client_is_a_null_value(string text) =>
        Assert.Equal(NormaliseStatus.NullValue, Read(text).Status);

    [Fact]
    public void A_text_longer_than_any_address_is_not_looked_at() =>
        Assert.Equal(NormaliseStatus.TooLong, Read("ABCD:EF01:2345:6789:ABCD:EF01:203.000.113.0255").Status);

    [Fact]
    public void Every_ipv4_address_gives_the_platforms_bytes() =>
        Gen.Byte.Array[4].Sample(octets =>
        {
            var address = new IPAddress(octets);
            AssertReads(address.ToString(), address.MapToIPv6());
            AssertReads($"::ffff:{address}", address.MapToIPv6());
        });

    [Fact]
    public void Every_ipv6_address_gives_the_platforms_bytes_in_every_form() =>
        Gen.OneOf(Gen.Const((byte)0), Gen.Byte).Array[16].Sample(bytes =>
        {
            var address = new IPAddress(bytes);
            AssertReads(address.ToString(), address);
            AssertReads(address.ToString().ToUpperInvariant(), address);
            var groups = Enumerable.Range(0, 8).Select(group => $"{(bytes[group * 2] << 8) | bytes[(group * 2) + 1]:x}").ToArray();
            AssertReads(string.Join(':', groups), address);
            AssertReads($"{string.Join(':', groups[..6])}:{bytes[12]}.{bytes[13]}.{bytes[14]}.{bytes[15]}", address);
        });

    [Fact]
    public void What_is_accepted_the_platform_accepts_with_the_same_bytes() =>
        Gen.Char["0123456789aF::::.."].Array[0, 24].Sample(
            characters =>
            {
                var text = new string(characters);
                var (status, _, address) = Read(text);
                if (status == NormaliseStatus.Ok)
                {
                    var expected = IPAddress.Parse(text);
                    Assert.Equal(expected.AddressFamily == AddressFamily.InterNetwork ? expected.MapToIPv6() : expected, address);
                }
                else if (status == NormaliseStatus.Malformed && text.Contains(':', StringComparison.Ordinal) && !text.Contains('.', StringComparison.Ordinal))
                {
                    // Without the IPv4 forms that the platform is lenient about, the two agree on what is no address.
                    Assert.False(IPAddress.TryParse(text, out _), text);
                }
            },
            iter: 100_000);

    [Fact]
    public void No_text_makes_it_throw_or_leaves_a_refused_address_behind() =>
        Gen.Byte.Array[0, 300].Sample(text =>
        {
            var address = new byte[ClientAddress.Length];
            if (ClientAddress.TryParse(text, address, out var isIPv4) != NormaliseStatus.Ok)
            {
                Assert.False(isIPv4);
                Assert.All(address, value => Assert.Equal(0, value));
            }
        });

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.255", true)]
    [InlineData("203.0.113.7", "203.0.112.7", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.9", true)]
    [InlineData("2400:3200:1::1", "2400:3200:1:ffff::2", true)]
    [InlineData("2400:3200:1::1", "2400:3200:2::1", false)]
    public void Neighbours_share_a_prefix(string left, string right, bool expected) =>
        Assert.Equal(expected, Prefix(left).AsSpan().SequenceEqual(Prefix(right)));

    [Fact]
    public void Prefixes_of_the_two_families_differ_in_length()
    {
        Assert.Equal(ClientAddress.IPv4PrefixLength, Prefix("8.8.8.8").Length);
        Assert.Equal(ClientAddress.IPv6PrefixLength, Prefix("2400:3200:1::1").Length);
    }

    private static (NormaliseStatus Status, bool IsIPv4, IPAddress Address) Read(string text)
    {
        var address = new byte[ClientAddress.Length];
        var status = ClientAddress.TryParse(Encoding.UTF8.GetBytes(text), address, out var isIPv4);
        return (status, isIPv4, new IPAddress(address));
    }

    private static void AssertReads(string text, IPAddress expected)
    {
        var (status, _, address) = Read(text);
        Assert.Contains(status, (NormaliseStatus[])[NormaliseStatus.Ok, NormaliseStatus.NullValue]);
        if (status == NormaliseStatus.Ok)
        {
            Assert.Equal(expected, address);
        }
    }

    private static byte[] Prefix(string text)
    {
        var address = new byte[ClientAddress.Length];
        Assert.Equal(NormaliseStatus.Ok, ClientAddress.TryParse(Encoding.UTF8.GetBytes(text), address, out var isIPv4));
        var prefix = new byte[ClientAddress.IPv4PrefixLength];
        return prefix[..ClientAddress.WritePrefix(address, isIPv4, prefix)];
    }
}
