using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Tests.Windows.Redis;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>A dump of the store without the key gives away no identifier; one of unkeyed hashes gives away all.</summary>
public sealed class DictionaryAttackTests(ITestOutputHelper output)
{
    private const string Tac = "86012304";

    // Spread over all serial numbers.
    private const int Devices = 1_000;
    private const int Spacing = DictionaryAttack.Serials / Devices;

    private readonly DictionaryAttack _attack = new(Tac);

    [Fact]
    public async Task A_dump_of_the_store_gives_away_none_of_its_devices_and_one_of_unkeyed_hashes_all()
    {
        var master = RandomNumberGenerator.GetBytes(KeyEpoch.MasterKeyLength);
        await using var server = await RedisServerProcess.StartAsync();
        await using (var pipeline = new PipelineUnderTest(await RedisStores.ConnectAsync(server.EndPoint), master))
        {
            for (var device = 0; device < Devices; device++)
            {
                await pipeline.ScoreAsync(Event(device));
            }
        }

        var dump = await DumpAsync(server);
        Assert.Equal(Devices, dump.Count(bytes => bytes.Length == WindowKey.Length && bytes[0] == WindowKey.Prefix && bytes[2] == (byte)EntityKind.Imei));
        var fields = DictionaryAttack.FieldsOf(dump);

        // A thousand events stand in it; what those of all the other serial numbers would leave is added.
        using var epoch = new KeyEpoch(1, master);
        var pseudonyms = Enumerable.Range(0, DictionaryAttack.Serials).Select(serial => epoch.Pseudonymise(EntityKind.Imei, _attack.Imei(serial)).High).ToArray();
        Assert.Equal(Devices, pseudonyms.Count(fields.Contains));
        fields.UnionWith(pseudonyms);
        Assert.Equal(0, Run(fields, "dump"));

        await server.ExecuteAsync("FLUSHALL");
        await FillWithUnkeyedHashesAsync(server);
        fields = DictionaryAttack.FieldsOf(await DumpAsync(server));
        Assert.Equal(Devices, _attack.Run(fields, Spacing));
        fields.UnionWith(Enumerable.Range(0, DictionaryAttack.Serials).Select(serial => Unkeyed(_attack.Imei(serial)).High));
        Assert.Equal(DictionaryAttack.Serials, Run(fields, "unkeyed hashes"));
    }

    [Fact]
    public void A_key_that_can_be_guessed_gives_all_away()
    {
        // A test of the test: the attack does try keys.
        using var epoch = new KeyEpoch(1, new byte[KeyEpoch.MasterKeyLength]);
        var pseudonyms = Enumerable.Range(0, Devices).Select(device => epoch.Pseudonymise(EntityKind.Imei, _attack.Imei(device * Spacing)).High);

        Assert.Equal(Devices, _attack.Run([.. pseudonyms], Spacing));
    }

    private static Pseudonym Unkeyed(byte[] imei) => Pseudonym.Read(SHA256.HashData([(byte)EntityKind.Imei, .. imei]));

    private static async Task<List<byte[]>> DumpAsync(RedisServerProcess server)
    {
        var keys = (byte[][])(await server.ExecuteAsync("KEYS", "*"))!;
        var dump = new List<byte[]>(keys);
        foreach (var key in keys)
        {
            dump.Add((byte[])(await server.ExecuteAsync("GET", key))!);
        }

        return dump;
    }

    private async Task FillWithUnkeyedHashesAsync(RedisServerProcess server)
    {
        await using var store = await RedisStores.ConnectAsync(server.EndPoint);
        for (var device = 0; device < Devices; device++)
        {
            var pseudonym = Unkeyed(_attack.Imei(device * Spacing));
            var key = new byte[WindowKey.Length];
            WindowKey.Write(key, 1, EntityKind.Imei, pseudonym);
            Assert.Equal(StoreStatus.Ok, await store.AppendAsync(key, new byte[WindowRecord.Length], WindowLimits.Retention, Patience.Limit));
        }
    }

    private int Run(HashSet<ulong> fields, string name)
    {
        var started = Stopwatch.GetTimestamp();
        var recovered = _attack.Run(fields);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {recovered} recovered of {fields.Count} fields by {_attack.HashesForEach} hashes of {DictionaryAttack.Serials} IMEIs in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s"));
        return recovered;
    }

    private ScoreRequest Event(int device)
    {
        var request = Actors.Event(Scene.Register, account: device, device: 0, network: device % 200, card: device);
        request.Device.Imei2 = "";
        request.Device.Imei = Encoding.ASCII.GetString(_attack.Imei(device * Spacing));
        return request;
    }
}
