using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class PreparedRequestsTests
{
    private static readonly RequestWriter Writer = new(new TrafficShape { Accounts = 100 }, run: 7);

    [Fact]
    public void Unsealed_ones_are_those_of_the_writer()
    {
        var prepared = new PreparedRequests(Writer, connections: 2, perConnection: 3, sealer: null);

        for (int connection = 0; connection < 2; connection++)
        {
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(Bytes(Writer, RequestNumbers.Of(connection, i)), Bytes(prepared, RequestNumbers.Of(connection, i)));
            }
        }
    }

    [Fact]
    public void Sealed_ones_are_the_same_events_with_no_identifier_left_beside_the_seal()
    {
        using var sealer = new IdentifierSealer(1, new byte[SealedFormat.KeyLength]);
        var prepared = new PreparedRequests(Writer, connections: 2, perConnection: 3, sealer);
        ulong number = RequestNumbers.Of(1, 2);

        ScoreRequest plain = ScoreRequest.Parser.ParseFrom(Bytes(Writer, number));
        ScoreRequest hidden = ScoreRequest.Parser.ParseFrom(Bytes(prepared, number));

        Assert.Equal(plain.EventId, hidden.EventId);
        Assert.Equal(("", "", null), (hidden.AccountId, hidden.ClientIp, hidden.Device));
        var moved = new SealedSignals { AccountId = plain.AccountId, ClientIp = plain.ClientIp, Device = plain.Device };
        Assert.Equal(moved.CalculateSize() + SealedFormat.Overhead, hidden.SealedIdentifiers.Length);
    }

    [Fact]
    public async Task When_they_run_out_the_run_says_so_and_sends_none_again()
    {
        await using WarmEcho server = await WarmEcho.StartAsync();
        var numbers = new RequestNumbers(1);
        var options = new LoadOptions
        {
            Target = server.Address,
            Method = LoadMethod.Echo,

            // Far more than five calls take, on a busy machine too.
            Duration = TimeSpan.FromSeconds(10),
            Warmup = TimeSpan.Zero,
            Connections = 1,
            Streams = 2,
        };
        LoadResult result = LoadRun.Run(options, new PreparedRequests(Writer, 1, perConnection: 5, sealer: null), numbers, static (_, _) => { }, CancellationToken.None);

        Assert.Equal(RequestNumbers.Of(0, 5), numbers.Next(0));
        Assert.InRange(result.Requests, 1, 5);
        Assert.True(result.Errors.ContainsKey("connection: no more requests were prepared"));
    }

    private static byte[] Bytes(IRequestSource source, ulong number)
    {
        byte[] bytes = new byte[source.MessageSize];
        source.Write(number, bytes);
        return bytes;
    }
}
