using System.Diagnostics;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Redis;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>What the store makes of replies that come in pieces, late, wrong, very long or not at all.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes it through IAsyncLifetime.")]
public sealed class RedisWireTests : IAsyncLifetime
{
    private RedisServerProcess _server = null!;
    private RedisProxy _proxy = null!;
    private RedisWindowStore _store = null!;

    public async Task InitializeAsync()
    {
        _server = await RedisServerProcess.StartAsync();
        _proxy = new RedisProxy(_server.Port);
        _store = await RedisStores.ConnectAsync(_proxy.EndPoint);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public async Task Replies_in_pieces_are_put_together(int maxPiece)
    {
        _proxy.MaxPiece = maxPiece;
        var keys = Enumerable.Range(0, 5).Select(_ => NewKey()).ToList();
        for (var round = 1; round <= 4; round++)
        {
            var observation = new Observation();
            keys.ForEach(key => observation.AddAppend(key, Record(round), WindowLimits.Retention, -9216, -1));
            observation.AddRead(NewKey(), 0, -1);
            Assert.Equal(StoreStatus.Ok, await _store.ObserveAsync(observation, Patience.Limit));
            for (var i = 0; i < keys.Count; i++)
            {
                Assert.Equal(round * WindowRecord.Length, observation.LogLength(i));
                Assert.Equal(Bytes(round), observation.Tail(i).ToArray());
            }

            Assert.True(observation.IsAnswered(keys.Count));
        }
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_fails_what_was_not_answered_and_the_next_event_is_whole()
    {
        await ObserveAsync(Fill(new Observation(), 1));

        // The replies to a new key take 53 bytes: +OK, :32, :1 and a bulk string of 32.
        for (var cut = 0; cut < 5 * 53; cut += 22)
        {
            _proxy.CutAfter = cut;
            var observation = Fill(new Observation(), 5);
            var status = await _store.ObserveAsync(observation, Patience.Limit);

            var answered = Enumerable.Range(0, 5).Select(observation.IsAnswered).ToList();
            Assert.Equal(answered.Contains(true) ? StoreStatus.Partial : StoreStatus.Unavailable, status);
            Assert.Equal(answered.OrderDescending(), answered);
            for (var i = 0; i < answered.Count(entry => entry); i++)
            {
                Assert.Equal(Bytes(1), observation.Tail(i).ToArray());
            }

            await WholeAgainAsync();
        }

        Assert.Empty(await EternalKeys.OfAsync([_server]));
    }

    [Theory]
    [InlineData("*2\r\n:1\r\n:2\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData(":1\r\n:1\r\n:1\r\n:1\r\n")]
    [InlineData("+OK\r\n+OK\r\n")]
    [InlineData("+OK\r\n:32\r\n:1\r\n$-1\r\n")]
    [InlineData("+OK\r\n:32\r\n:1\r\n$-7\r\n")]
    [InlineData("+OK\r\n:32\r\n:1\r\n$400000000\r\n")]
    public async Task What_cannot_be_the_answer_ends_the_connection(string wrong)
    {
        await ObserveAsync(Fill(new Observation(), 1));
        _proxy.Instead = System.Text.Encoding.ASCII.GetBytes(wrong);
        var observation = Fill(new Observation(), 1);
        Assert.Equal(StoreStatus.Unavailable, await _store.ObserveAsync(observation, Patience.Limit));
        Assert.False(observation.IsAnswered(0));
        await WholeAgainAsync();
        Assert.Empty(await EternalKeys.OfAsync([_server]));
    }

    [Fact]
    public async Task An_error_in_the_middle_fails_its_entry_alone()
    {
        var list = NewKey();
        await _server.ExecuteAsync("RPUSH", list, "x");
        await _server.ExecuteAsync("EXPIRE", list, "100");
        var observation = new Observation();
        observation.AddAppend(NewKey(), Record(1), WindowLimits.Retention, -9216, -1);
        observation.AddAppend(list, Record(2), WindowLimits.Retention, -9216, -1);
        observation.AddRead(list, 0, -1);
        observation.AddAppend(NewKey(), Record(3), WindowLimits.Retention, 1, 0);
        observation.AddAppend(list, Record(4), WindowLimits.Retention, 1, 0);
        observation.AddAppend(NewKey(), Record(5), WindowLimits.Retention, -9216, -1);

        Assert.Equal(StoreStatus.Partial, await _store.ObserveAsync(observation, Patience.Limit));

        Assert.Equal([true, false, false, true, false, true], Enumerable.Range(0, 6).Select(observation.IsAnswered));
        Assert.Equal((32, 0), (observation.LogLength(3), observation.Tail(3).Length));
        Assert.Equal(5, WindowRecord.Read(observation.Tail(5)).TimeMilliseconds);
    }

    [Theory]
    [InlineData(70_000)]
    [InlineData(3_000_000)]
    public async Task A_very_long_reply_is_read(int length)
    {
        var key = NewKey();
        var value = new byte[length];
        Random.Shared.NextBytes(value);
        Assert.Equal(StoreStatus.Ok, await _store.AppendAsync(key, value, WindowLimits.Retention, Patience.Limit));
        var observation = Fill(new Observation(), 1);
        observation.AddRead(key, 0, -1);
        observation.AddAppend(NewKey(), Record(2), WindowLimits.Retention, -9216, -1);

        Assert.Equal(StoreStatus.Ok, await _store.ObserveAsync(observation, Patience.Limit));

        Assert.Equal(value, observation.Tail(1).ToArray());
        Assert.Equal(2, WindowRecord.Read(observation.Tail(2)).TimeMilliseconds);
    }

    [Fact]
    public async Task A_late_answer_reaches_nobody_and_the_answers_behind_it_reach_their_askers()
    {
        await ObserveAsync(Fill(new Observation(), 1));
        var gate = new TaskCompletionSource();
        _proxy.Gate = gate.Task;
        var late = Fill(new Observation(), 3);
        var since = Stopwatch.StartNew();
        Assert.Equal(StoreStatus.Timeout, await _store.ObserveAsync(late, TimeSpan.FromMilliseconds(50)));
        Assert.InRange(since.ElapsedMilliseconds, 49, long.MaxValue);

        // The asker may use the observation for something else at once.
        late.Clear();
        var key = NewKey();
        late.AddAppend(key, Record(7), WindowLimits.Retention, -9216, -1);
        var waiting = _store.ObserveAsync(late, Patience.Limit);
        gate.SetResult();
        Assert.Equal(StoreStatus.Ok, await waiting);
        Assert.Equal(7, WindowRecord.Read(late.Tail(0)).TimeMilliseconds);
        Assert.Equal(32, late.LogLength(0));
    }

    [Fact]
    public async Task Amid_time_outs_and_cuts_every_answer_is_the_asker_s_own()
    {
        _proxy.MaxPiece = 500;
        var ok = 0;
        await Parallel.ForAsync(0, 16, async (worker, _) =>
        {
            var own = NewKey();
            var observation = new Observation();
            for (var i = 1; i <= 60; i++)
            {
                if (worker == 0 && i % 20 == 0)
                {
                    _proxy.CutAfter = Random.Shared.Next(2_000);
                }

                observation.Clear();
                observation.AddAppend(own, Record((worker * 1_000) + i), WindowLimits.Retention, -32, -1);
                observation.AddAppend(NewKey(), Record((worker * 1_000) + i), WindowLimits.Retention, -32, -1);
                var timeout = i % 3 == 0 ? TimeSpan.FromMilliseconds(Random.Shared.Next(1, 4)) : Patience.Limit;
                var status = await _store.ObserveAsync(observation, timeout);
                ok += status == StoreStatus.Ok ? 1 : 0;
                for (var entry = 0; entry < 2; entry++)
                {
                    if (observation.IsAnswered(entry))
                    {
                        Assert.Equal((worker * 1_000) + i, WindowRecord.Read(observation.Tail(entry)).TimeMilliseconds);
                    }
                }

                await Task.Delay(1, CancellationToken.None);
            }
        });
        Assert.NotEqual(0, ok);
        Assert.Empty(await EternalKeys.OfAsync([_server]));
    }

    [Fact]
    public async Task An_event_that_waits_when_the_store_is_closed_is_answered()
    {
        var closed = await RedisStores.ConnectAsync(_proxy.EndPoint);
        Assert.Equal(StoreStatus.Ok, await closed.ObserveAsync(Fill(new Observation(), 1), Patience.Limit));
        var gate = new TaskCompletionSource();
        _proxy.Gate = gate.Task;
        var waiting = closed.ObserveAsync(Fill(new Observation(), 1), Patience.Limit).AsTask();
        await closed.DisposeAsync();
        Assert.Equal(StoreStatus.Unavailable, await waiting.WaitAsync(Patience.Limit));
        gate.SetResult();
    }

    private static Observation Fill(Observation observation, int entries)
    {
        for (var i = 0; i < entries; i++)
        {
            observation.AddAppend(NewKey(), Record(1), WindowLimits.Retention, -9216, -1);
        }

        return observation;
    }

    private static byte[] NewKey()
    {
        var key = new byte[WindowKey.Length];
        Random.Shared.NextBytes(key);
        key[0] = WindowKey.Prefix;
        return key;
    }

    private static WindowRecord Record(int number) => new(number, 1, 0, IsLate: false, 2, 3, (ulong)number);

    private static byte[] Bytes(int upTo)
    {
        var bytes = new byte[upTo * WindowRecord.Length];
        for (var i = 0; i < upTo; i++)
        {
            Record(i + 1).Write(bytes.AsSpan(i * WindowRecord.Length));
        }

        return bytes;
    }

    private async Task ObserveAsync(Observation observation) => Assert.Equal(StoreStatus.Ok, await _store.ObserveAsync(observation, Patience.Limit));

    private Task WholeAgainAsync() => Patience.UntilAsync(
        async () => await _store.ObserveAsync(Fill(new Observation(), 2), Patience.Limit) == StoreStatus.Ok);
}
