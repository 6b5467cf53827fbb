using System.Net;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.References.Addresses;

namespace KekeStar.Antifraud.Tests.Intake.References.Addresses;

/// <summary>The compact file: what is written is read, and damage is noticed.</summary>
public sealed class AddressTableTests
{
    private static readonly AddressTable Small = MakeSmall();

    [Fact]
    public void What_was_written_is_read()
    {
        var read = Read(Bytes(Small));
        Assert.Equal(Small.Header, read.Header);
        Assert.True(Small.Map.IPv4.Starts.SequenceEqual(read.Map.IPv4.Starts));
        Assert.True(Small.Map.IPv6.Starts.SequenceEqual(read.Map.IPv6.Starts));
        Assert.Equal(new AddressFacts(64_496, CountryCode.Of("CN"), true), AddressOracle.Find(read.Map, IPAddress.Parse("192.0.2.7")));
        Assert.Equal(new AddressFacts(uint.MaxValue, CountryCode.Of("US"), false), AddressOracle.Find(read.Map, IPAddress.Parse("2001:db8::1")));
        Assert.Equal(default, AddressOracle.Find(read.Map, IPAddress.Parse("192.0.3.0")));
    }

    [Fact]
    public void The_same_table_always_gives_the_same_bytes() => Assert.Equal(Bytes(Small), Bytes(Read(Bytes(Small))));

    [Fact]
    public void A_file_cut_anywhere_or_with_any_bit_flipped_is_refused_by_name()
    {
        var sound = Bytes(Small);
        Assert.All(Enumerable.Range(0, sound.Length), length => AssertRefused(sound[..length]));
        Assert.All(Enumerable.Range(0, sound.Length * 8), bit =>
        {
            var bytes = (byte[])sound.Clone();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(bytes);
        });
    }

    [Theory]
    [InlineData("202.96.209.5", "CN", false)]
    [InlineData("8.8.8.8", "US", true)]
    [InlineData("2400:3200::1", "CN", true)]
    public void The_shipped_table_knows_well_known_addresses(string address, string country, bool isHosting)
    {
        var facts = AddressOracle.Find(ReferenceTables.Embedded.Addresses.Map, IPAddress.Parse(address));
        Assert.Equal((country, isHosting), (facts.Country.ToString(), facts.IsHosting));
    }

    [Fact]
    public void The_hosting_mark_of_the_shipped_table_is_that_of_the_shipped_list()
    {
        var hosts = HostingAsns.ReadShipped();
        var map = ReferenceTables.Embedded.Addresses.Map;
        var wrong = 0;
        foreach (var facts in map.IPv4.Values)
        {
            wrong += facts.IsHosting == hosts.Contains(facts.Asn) ? 0 : 1;
        }

        foreach (var facts in map.IPv6.Values)
        {
            wrong += facts.IsHosting == hosts.Contains(facts.Asn) ? 0 : 1;
        }

        Assert.Equal(0, wrong);
        Assert.InRange(hosts.Count, 1_000, 10_000);
    }

    private static AddressTable MakeSmall()
    {
        var builder = new AddressMapBuilder<AddressFacts>();
        Assert.True(builder.TryAdd(IPAddress.Parse("192.0.2.0"), IPAddress.Parse("192.0.2.255"), new(64_496, CountryCode.Of("CN"), true)));
        Assert.True(builder.TryAdd(IPAddress.Parse("2001:db8::"), IPAddress.Parse("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"), new(uint.MaxValue, CountryCode.Of("US"), false)));
        return new(builder.Build(), new DateOnly(2026, 6, 17), "a source", "许可");
    }

    private static byte[] Bytes(AddressTable table)
    {
        using var stream = new MemoryStream();
        table.Save(stream);
        return stream.ToArray();
    }

    private static AddressTable Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return AddressTable.Load(stream, "here/addresses.bin");
    }

    private static void AssertRefused(byte[] bytes) => Assert.StartsWith(
        "here/addresses.bin", Assert.Throws<InvalidDataException>(() => Read(bytes)).Message, StringComparison.Ordinal);
}
