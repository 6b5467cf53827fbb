using System.Text;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Redis;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

public sealed class RespWriterTests
{
    [Fact]
    public void The_commands_of_an_entry_look_as_Redis_wants_them()
    {
        var observation = new Observation();
        observation.AddAppend("k\r\n1"u8, "v"u8, TimeSpan.FromDays(7), -9216, -1);
        var steps = EntrySteps.Make | EntrySteps.Append | EntrySteps.Renew | EntrySteps.Read;

        Assert.Equal(
            "*6\r\n$3\r\nSET\r\n$4\r\nk\r\n1\r\n$0\r\n\r\n$2\r\nEX\r\n$6\r\n604800\r\n$2\r\nNX\r\n"
            + "*3\r\n$6\r\nAPPEND\r\n$4\r\nk\r\n1\r\n$1\r\nv\r\n"
            + "*3\r\n$6\r\nEXPIRE\r\n$4\r\nk\r\n1\r\n$6\r\n604800\r\n"
            + "*4\r\n$8\r\nGETRANGE\r\n$4\r\nk\r\n1\r\n$5\r\n-9216\r\n$2\r\n-1\r\n",
            Write(observation, steps));
        Assert.Equal("*4\r\n$8\r\nGETRANGE\r\n$4\r\nk\r\n1\r\n$5\r\n-9216\r\n$2\r\n-1\r\n", Write(observation, EntrySteps.Read));
    }

    [Fact]
    public void The_longest_entry_has_room()
    {
        var observation = new Observation();
        observation.AddAppend(new byte[Observation.MaxKeyLength], new byte[Observation.MaxValueBytes], TimeSpan.FromSeconds(int.MaxValue), int.MinValue, int.MinValue);
        var length = Write(observation, EntrySteps.Make | EntrySteps.Append | EntrySteps.Renew | EntrySteps.Read).Length;
        Assert.InRange(EntryCommands.MaxLength(observation, 0), length, length + 200);
    }

    [Fact]
    public void A_key_known_to_expire_is_not_made_and_what_reads_nothing_is_not_read()
    {
        var expiring = new ExpiringKeys(TimeProvider.System);
        expiring.Add("known"u8);
        var observation = new Observation();
        observation.AddAppend("known"u8, "v"u8, TimeSpan.FromDays(7), -32, -1);
        observation.AddAppend("new"u8, "v"u8, TimeSpan.FromDays(7), 1, 0);
        observation.AddRead("new"u8, 1, 0);

        Assert.Equal(EntrySteps.Append | EntrySteps.Renew | EntrySteps.Read, EntryCommands.Of(observation, 0, expiring, isReplica: false));
        Assert.Equal(EntrySteps.Make | EntrySteps.Append | EntrySteps.Renew, EntryCommands.Of(observation, 1, expiring, isReplica: false));
        Assert.Equal(EntrySteps.Read, EntryCommands.Of(observation, 2, expiring, isReplica: false));
        Assert.All(Enumerable.Range(0, 3), entry => Assert.Equal(EntrySteps.Read, EntryCommands.Of(observation, entry, expiring, isReplica: true)));
    }

    private static string Write(Observation observation, EntrySteps steps)
    {
        var buffer = new byte[EntryCommands.MaxLength(observation, 0)];
        var writer = new RespWriter(buffer);
        EntryCommands.Write(ref writer, observation, 0, steps);
        return Encoding.Latin1.GetString(buffer, 0, writer.Written);
    }
}
