using System.Net;
using System.Net.Sockets;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.References.Addresses;
using MaxMind.Db;

namespace KekeStar.Antifraud.Tests.Intake.References.Addresses;

/// <summary>The flattened ranges against the lookup of the library that reads the original files.</summary>
public sealed class AddressDatabaseTests : IDisposable
{
    private const int Networks = 3_000;
    private const int RandomAddresses = 100_000;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"antifraud-{Guid.NewGuid():N}.mmdb");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Random_addresses_and_all_borders_have_the_countries_that_the_database_gives()
    {
        var random = new Random(20261125);
        var networks = Enumerable.Range(0, Networks).Select(_ => RandomNetwork(random)).ToArray();
        var database = new TestDatabase();
        foreach (var network in networks)
        {
            var code = new CountryCode((ushort)random.Next(1, 40)).ToString();
            database.Add(network, new Dictionary<string, object>(StringComparer.Ordinal) { ["country_code"] = code });
        }

        database.Write(_path, DateTimeOffset.UnixEpoch.AddDays(20_000));
        var (map, built) = CountrySource.Read(_path);
        Assert.Equal(DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + 20_000), built);

        using var reader = new Reader(_path);
        var known = 0;
        foreach (var address in networks.SelectMany(AddressOracle.Borders).Concat(Enumerable.Range(0, RandomAddresses).Select(_ => RandomAddress(random))))
        {
            var expected = reader.Find<Dictionary<string, object>>(AddressOracle.OfSubnet(address))?["country_code"];
            var country = AddressOracle.Find(map, address);
            known += country.IsKnown ? 1 : 0;
            Assert.Equal(expected ?? "--", country.ToString());
        }

        Assert.InRange(known, RandomAddresses / 10, RandomAddresses);
    }

    [Fact]
    public void A_network_inside_a_64_counts_only_if_it_holds_the_first_address()
    {
        new TestDatabase()
            .Add("2001:db8:0:1::/65", Country("CN"))
            .Add("2001:db8:0:2:8000::/65", Country("US"))
            .Add("2001:db8:0:3::/64", Country("JP"))
            .Write(_path, DateTimeOffset.UnixEpoch);
        var (map, _) = CountrySource.Read(_path);
        Assert.Equal("CN", AddressOracle.Find(map, IPAddress.Parse("2001:db8:0:1:ffff::")).ToString());
        Assert.Equal("--", AddressOracle.Find(map, IPAddress.Parse("2001:db8:0:2:8000::")).ToString());
        Assert.Equal("JP", AddressOracle.Find(map, IPAddress.Parse("2001:db8:0:3:8000::1")).ToString());
    }

    [Fact]
    public void The_nested_form_is_read_too_and_the_place_goes_before_the_registry()
    {
        static Dictionary<string, object> Nested(string key, string code) => new(StringComparer.Ordinal)
        {
            [key] = new Dictionary<string, object>(StringComparer.Ordinal) { ["iso_code"] = code },
        };
        var both = Nested("registered_country", "US");
        both["country"] = Nested("country", "SG")["country"];
        new TestDatabase()
            .Add("192.0.2.0/24", both)
            .Add("198.51.100.0/24", Nested("registered_country", "HK"))
            .Add("203.0.113.0/24", Nested("continent", "AS"))
            .Write(_path, DateTimeOffset.UnixEpoch);
        var (map, _) = CountrySource.Read(_path);
        Assert.Equal("SG", AddressOracle.Find(map, IPAddress.Parse("192.0.2.1")).ToString());
        Assert.Equal("HK", AddressOracle.Find(map, IPAddress.Parse("198.51.100.1")).ToString());
        Assert.Equal("--", AddressOracle.Find(map, IPAddress.Parse("203.0.113.1")).ToString());
    }

    [Fact]
    public void Autonomous_systems_are_read()
    {
        new TestDatabase()
            .Add("192.0.2.0/24", Asn(64_496))
            .Add("2001:db8::/32", Asn(uint.MaxValue))
            .Write(_path, DateTimeOffset.UnixEpoch);
        var (map, _) = AsnSource.Read(_path);
        Assert.Equal(64_496u, AddressOracle.Find(map, IPAddress.Parse("192.0.2.255")));
        Assert.Equal(uint.MaxValue, AddressOracle.Find(map, IPAddress.Parse("2001:db8:ffff::1")));
        Assert.Equal(0u, AddressOracle.Find(map, IPAddress.Parse("192.0.3.0")));
    }

    [Fact]
    public void A_database_of_another_kind_is_refused_by_name()
    {
        new TestDatabase().Add("192.0.2.0/24", Asn(1)).Write(_path, DateTimeOffset.UnixEpoch);
        var error = Assert.Throws<InvalidDataException>(() => CountrySource.Read(_path));
        Assert.Equal($"{_path}: no network has country_code or country.iso_code of two letters.", error.Message);

        new TestDatabase().Add("192.0.2.0/24", Country("CN")).Write(_path, DateTimeOffset.UnixEpoch);
        error = Assert.Throws<InvalidDataException>(() => AsnSource.Read(_path));
        Assert.Equal($"{_path}: no network has autonomous_system_number.", error.Message);

        new TestDatabase().Add("192.0.2.0/24", "a text").Write(_path, DateTimeOffset.UnixEpoch);
        Assert.Contains(_path, Assert.Throws<InvalidDataException>(() => CountrySource.Read(_path)).Message, StringComparison.Ordinal);

        new TestDatabase()
            .Add("192.0.2.0/24", new Dictionary<string, object>(StringComparer.Ordinal) { ["autonomous_system_number"] = "many" })
            .Write(_path, DateTimeOffset.UnixEpoch);
        Assert.Contains(_path, Assert.Throws<InvalidDataException>(() => AsnSource.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_or_scrambled_is_refused_or_read_but_never_ends_the_process()
    {
        new TestDatabase().Add("192.0.2.0/24", Country("CN")).Add("2001:db8::/32", Country("US")).Write(_path, DateTimeOffset.UnixEpoch);
        var bytes = File.ReadAllBytes(_path);
        var refused = 0;
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
        {
            var damaged = i < 200 ? bytes[..(i * bytes.Length / 200)] : (byte[])bytes.Clone();
            if (i >= 200)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            }

            File.WriteAllBytes(_path, damaged);
            refused += Record.Exception(() => CountrySource.Read(_path)) switch
            {
                null => 0,
                InvalidDataException error when error.Message.Contains(_path, StringComparison.Ordinal) => 1,
                var error => throw new InvalidOperationException($"Round {i}: not the promised error.", error),
            };
        }

        Assert.InRange(refused, 200, 399);
    }

    private static Dictionary<string, object> Country(string code) => new(StringComparer.Ordinal) { ["country_code"] = code };

    private static Dictionary<string, object> Asn(uint number) => new(StringComparer.Ordinal) { ["autonomous_system_number"] = number };

    /// <summary>A network of either family within a few /8 and /16, so that many nest and touch.</summary>
    private static IPNetwork RandomNetwork(Random random)
    {
        var bytes = RandomAddress(random).GetAddressBytes();
        var prefix = bytes.Length == 4 ? random.Next(16, 33) : random.Next(24, 129);
        for (var bit = prefix; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), prefix);
    }

    private static IPAddress RandomAddress(Random random)
    {
        var bytes = new byte[random.Next(2) == 0 ? 4 : ClientAddress.Length];
        random.NextBytes(bytes);
        bytes[0] = bytes.Length == 4 ? (byte)random.Next(11, 15) : (byte)0x24;
        if (bytes.Length > 4)
        {
            bytes[1] = (byte)random.Next(4);
        }

        return new IPAddress(bytes);
    }
}
