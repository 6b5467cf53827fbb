using CsCheck;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Windows;

/// <summary>
/// What every window store must do. A derived class supplies the store and a way to ask for a key's time to live;
/// xunit makes a new instance for each fact, so a store that is slow to open is better shared through a fixture.
/// Keys are random, so that facts do not meet in a shared store.
/// </summary>
public abstract class WindowStoreConformance
{
    private const int WholeLog = -1;

    private protected abstract IWindowStore Store { get; }

    [Fact]
    public async Task First_append_makes_a_log_of_one_record_and_returns_it()
    {
        var observation = new Observation();
        var index = observation.AddAppend(NewKey(), Record(1), WindowLimits.Retention, 0, WholeLog);

        Assert.Equal(StoreStatus.Ok, await Store.ObserveAsync(observation, Patience.Limit));

        Assert.True(observation.IsAnswered(index));
        Assert.Equal(WindowRecord.Length, observation.LogLength(index));
        Assert.Equal(Bytes(1), observation.Tail(index).ToArray());
    }

    [Fact]
    public async Task Appends_keep_their_order_and_the_log_length_grows_by_32()
    {
        var key = NewKey();
        var observation = new Observation();
        for (var i = 1; i <= 20; i++)
        {
            observation.Clear();
            observation.AddAppend(key, Record(i), WindowLimits.Retention, 0, WholeLog);
            Assert.Equal(StoreStatus.Ok, await Store.ObserveAsync(observation, Patience.Limit));
            Assert.Equal(i * WindowRecord.Length, observation.LogLength(0));
            Assert.Equal(Bytes(Enumerable.Range(1, i)), observation.Tail(0).ToArray());
        }
    }

    [Theory]
    [InlineData(-32, -1, 4, 5)]
    [InlineData(-64, -1, 3, 5)]
    [InlineData(-9216, -1, 0, 5)]
    [InlineData(-96, -65, 2, 3)]
    [InlineData(0, -1, 0, 5)]
    [InlineData(0, 31, 0, 1)]
    [InlineData(32, 95, 1, 3)]
    [InlineData(64, 1_000_000, 2, 5)]
    [InlineData(160, 200, 0, 0)]
    [InlineData(96, 32, 0, 0)]
    [InlineData(-1, -32, 0, 0)]
    public async Task Ranges_count_as_GETRANGE_does(int start, int end, int fromRecord, int toRecord)
    {
        var key = NewKey();
        Assert.Equal(StoreStatus.Ok, await Store.AppendAsync(key, Bytes(Enumerable.Range(1, 5)), WindowLimits.Retention, Patience.Limit));
        var observation = new Observation();
        observation.AddRead(key, start, end);

        Assert.Equal(StoreStatus.Ok, await Store.ObserveAsync(observation, Patience.Limit));

        Assert.Equal(Bytes(Enumerable.Range(fromRecord + 1, toRecord - fromRecord)), observation.Tail(0).ToArray());
        Assert.Equal(0, observation.LogLength(0));
    }

    [Fact]
    public async Task A_missing_log_reads_as_empty_and_is_not_made()
    {
        var key = NewKey();
        var observation = new Observation();
        observation.AddRead(key, -9216, -1);

        Assert.Equal(StoreStatus.Ok, await Store.ObserveAsync(observation, Patience.Limit));

        Assert.True(observation.IsAnswered(0));
        Assert.Equal(0, observation.Tail(0).Length);
        Assert.Null(await TimeToLiveAsync(key));
        var read = await Store.ReadAsync(key, 0, Patience.Limit);
        Assert.Equal(StoreStatus.Ok, read.Status);
        Assert.Equal(0, read.Value.Length);
    }

    [Fact]
    public async Task As_many_entries_as_an_observation_holds_are_answered_each_with_its_own_log()
    {
        var keys = Enumerable.Range(0, Observation.MaxEntries).Select(_ => NewKey()).ToArray();
        var long288 = Bytes(Enumerable.Range(1, 287));
        foreach (var key in keys)
        {
            Assert.Equal(StoreStatus.Ok, await Store.AppendAsync(key, long288, WindowLimits.Retention, Patience.Limit));
        }

        var observation = new Observation();
        for (var i = 0; i < keys.Length; i++)
        {
            if (i % 3 == 2)
            {
                observation.AddRead(keys[i], -9216, -1);
            }
            else
            {
                observation.AddAppend(keys[i], Record(1000 + i), WindowLimits.Retention, -9216, -1);
            }
        }

        Assert.Equal(StoreStatus.Ok, await Store.ObserveAsync(observation, Patience.Limit));

        for (var i = 0; i < keys.Length; i++)
        {
            Assert.True(observation.IsAnswered(i));
            var expected = i % 3 == 2 ? long288 : [.. long288, .. Bytes(1000 + i)];
            Assert.Equal(expected, observation.Tail(i).ToArray());
            Assert.Equal(i % 3 == 2 ? 0 : 9216, observation.LogLength(i));
        }
    }

    [Fact]
    public async Task One_key_twice_in_an_observation_is_appended_twice_in_order()
    {
        var key = NewKey();
        var observation = new Observation();
        observation.AddAppend(key, Record(1), WindowLimits.Retention, 0, WholeLog);
        observation.AddAppend(key, Record(2), WindowLimits.Retention, 0, WholeLog);

        Assert.Equal(StoreStatus.Ok, await Store.ObserveAsync(observation, Patience.Limit));

        Assert.Equal(32, observation.LogLength(0));
        Assert.Equal(64, observation.LogLength(1));
        Assert.Equal(Bytes([1, 2]), observation.Tail(1).ToArray());
    }

    [Fact]
    public async Task An_empty_observation_is_ok() => Assert.Equal(StoreStatus.Ok, await Store.ObserveAsync(new Observation(), Patience.Limit));

    [Fact]
    public async Task Keys_and_values_may_hold_every_byte_value()
    {
        var all = Enumerable.Range(0, 256).Select(b => (byte)b).ToArray();
        var prefix = NewKey();
        for (var b = 0; b < 256; b++)
        {
            byte[] key = [.. prefix, (byte)b, (byte)'\r', (byte)'\n', (byte)(255 - b)];
            byte[] value = [(byte)b, .. all];
            Assert.Equal(StoreStatus.Ok, await Store.AppendAsync(key, value, WindowLimits.Retention, Patience.Limit));
        }

        for (var b = 0; b < 256; b++)
        {
            byte[] key = [.. prefix, (byte)b, (byte)'\r', (byte)'\n', (byte)(255 - b)];
            var read = await Store.ReadAsync(key, 0, Patience.Limit);
            byte[] expected = [(byte)b, .. all];
            Assert.Equal(expected, read.Value.ToArray());
        }
    }

    [Fact]
    public async Task Reading_starts_at_the_byte_asked_for()
    {
        var key = NewKey();
        var value = Bytes(Enumerable.Range(1, 3));
        await Store.AppendAsync(key, value, WindowLimits.Retention, Patience.Limit);

        Assert.Equal(value, (await Store.ReadAsync(key, 0, Patience.Limit)).Value.ToArray());
        Assert.Equal(value[33..], (await Store.ReadAsync(key, 33, Patience.Limit)).Value.ToArray());
        Assert.Equal(value[95..], (await Store.ReadAsync(key, 95, Patience.Limit)).Value.ToArray());
        Assert.Empty((await Store.ReadAsync(key, 96, Patience.Limit)).Value.ToArray());
        Assert.Empty((await Store.ReadAsync(key, 1L << 40, Patience.Limit)).Value.ToArray());
    }

    [Fact]
    public async Task Appends_of_any_length_make_one_log()
    {
        var key = NewKey();
        var expected = new List<byte>();
        foreach (var length in new[] { 1, 7, 100, 5_000, 70_000, 3, 200_000 })
        {
            var value = new byte[length];
            Random.Shared.NextBytes(value);
            expected.AddRange(value);
            Assert.Equal(StoreStatus.Ok, await Store.AppendAsync(key, value, WindowLimits.Retention, Patience.Limit));
        }

        Assert.Equal(expected.ToArray(), (await Store.ReadAsync(key, 0, Patience.Limit)).Value.ToArray());
    }

    [Fact]
    public async Task Replace_takes_place_only_if_the_log_holds_what_is_expected()
    {
        var key = NewKey();
        var five = Bytes(Enumerable.Range(1, 5));
        await Store.AppendAsync(key, five, WindowLimits.Retention, Patience.Limit);

        Assert.Equal(new StoreReplace(StoreStatus.Ok, false), await Store.ReplaceAsync(key, five.AsMemory(32), Bytes(9), WindowLimits.Retention, Patience.Limit));
        Assert.Equal(new StoreReplace(StoreStatus.Ok, false), await Store.ReplaceAsync(key, default, Bytes(9), WindowLimits.Retention, Patience.Limit));
        Assert.Equal(five, (await Store.ReadAsync(key, 0, Patience.Limit)).Value.ToArray());

        Assert.Equal(new StoreReplace(StoreStatus.Ok, true), await Store.ReplaceAsync(key, five, five.AsMemory(64), WindowLimits.Retention, Patience.Limit));
        Assert.Equal(five[64..], (await Store.ReadAsync(key, 0, Patience.Limit)).Value.ToArray());

        await Store.AppendAsync(key, Bytes(6), WindowLimits.Retention, Patience.Limit);
        Assert.Equal(Bytes([3, 4, 5, 6]), (await Store.ReadAsync(key, 0, Patience.Limit)).Value.ToArray());
    }

    [Fact]
    public async Task Replace_may_make_a_log_longer()
    {
        var key = NewKey();
        await Store.AppendAsync(key, Bytes(1), WindowLimits.Retention, Patience.Limit);
        var longer = Bytes(Enumerable.Range(1, 100));

        Assert.True((await Store.ReplaceAsync(key, Bytes(1), longer, WindowLimits.Retention, Patience.Limit)).Replaced);

        Assert.Equal(longer, (await Store.ReadAsync(key, 0, Patience.Limit)).Value.ToArray());
    }

    [Fact]
    public async Task Replacing_by_nothing_removes_the_key()
    {
        var key = NewKey();
        await Store.AppendAsync(key, Bytes([1, 2]), WindowLimits.Retention, Patience.Limit);

        Assert.Equal(new StoreReplace(StoreStatus.Ok, false), await Store.ReplaceAsync(key, Bytes(1), default, WindowLimits.Retention, Patience.Limit));
        Assert.NotNull(await TimeToLiveAsync(key));
        Assert.Equal(new StoreReplace(StoreStatus.Ok, true), await Store.ReplaceAsync(key, Bytes([1, 2]), default, WindowLimits.Retention, Patience.Limit));

        Assert.Null(await TimeToLiveAsync(key));
        Assert.Equal(0, (await Store.ReadAsync(key, 0, Patience.Limit)).Value.Length);
        var observation = new Observation();
        observation.AddAppend(key, Record(3), WindowLimits.Retention, 0, WholeLog);
        await Store.ObserveAsync(observation, Patience.Limit);
        Assert.Equal(32, observation.LogLength(0));
        Assert.Equal(Bytes(3), observation.Tail(0).ToArray());
    }

    [Fact]
    public async Task A_missing_log_counts_as_empty_for_replace()
    {
        var key = NewKey();

        Assert.Equal(new StoreReplace(StoreStatus.Ok, false), await Store.ReplaceAsync(key, Bytes(1), Bytes(2), WindowLimits.Retention, Patience.Limit));
        Assert.Null(await TimeToLiveAsync(key));
        Assert.Equal(new StoreReplace(StoreStatus.Ok, true), await Store.ReplaceAsync(key, default, Bytes(2), WindowLimits.Retention, Patience.Limit));

        Assert.Equal(Bytes(2), (await Store.ReadAsync(key, 0, Patience.Limit)).Value.ToArray());
    }

    [Theory]
    [InlineData(60)]
    [InlineData(7 * 24 * 3600)]
    public async Task Every_write_sets_the_time_to_live(int seconds)
    {
        var timeToLive = TimeSpan.FromSeconds(seconds);
        var observed = NewKey();
        var appended = NewKey();
        var replaced = NewKey();
        var renewed = NewKey();
        var observation = new Observation();
        observation.AddAppend(observed, Record(1), timeToLive, -32, -1);
        await Store.AppendAsync(renewed, Bytes(1), TimeSpan.FromSeconds(30), Patience.Limit);
        observation.AddAppend(renewed, Record(2), timeToLive, -32, -1);
        await Store.ObserveAsync(observation, Patience.Limit);
        await Store.AppendAsync(appended, Bytes(1), timeToLive, Patience.Limit);
        await Store.AppendAsync(replaced, Bytes(1), TimeSpan.FromSeconds(30), Patience.Limit);
        await Store.ReplaceAsync(replaced, Bytes(1), Bytes(2), timeToLive, Patience.Limit);

        foreach (var key in new[] { observed, appended, replaced, renewed })
        {
            var left = await TimeToLiveAsync(key);
            Assert.NotNull(left);
            Assert.InRange(left.Value.TotalSeconds, seconds - 25, seconds);
        }
    }

    [Fact]
    public async Task A_log_is_gone_after_its_time_and_starts_anew()
    {
        var key = NewKey();
        await Store.AppendAsync(key, Bytes([1, 2, 3]), TimeSpan.FromSeconds(1), Patience.Limit);
        await Task.Delay(TimeSpan.FromSeconds(1.2));

        Assert.Equal(0, (await Store.ReadAsync(key, 0, Patience.Limit)).Value.Length);
        var observation = new Observation();
        observation.AddAppend(key, Record(4), WindowLimits.Retention, 0, WholeLog);
        Assert.Equal(StoreStatus.Ok, await Store.ObserveAsync(observation, Patience.Limit));
        Assert.Equal(32, observation.LogLength(0));
        Assert.Equal(Bytes(4), observation.Tail(0).ToArray());
    }

    [Fact]
    public async Task A_thousand_parallel_appends_to_one_key_see_every_length_once()
    {
        const int appends = 1_000;
        var key = NewKey();
        var lengths = new long[appends];
        await Parallel.ForAsync(0, appends, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            await Task.Yield();
            var observation = new Observation();
            observation.AddAppend(NewKey(), Record(i), WindowLimits.Retention, -32, -1);
            var index = observation.AddAppend(key, Record(i), WindowLimits.Retention, 0, WholeLog);
            Assert.Equal(StoreStatus.Ok, await Store.ObserveAsync(observation, Patience.Limit));
            lengths[i] = observation.LogLength(index);

            // A record stands where its own append put it, whatever other appends slipped in behind it.
            Assert.Equal(Bytes(i), observation.Tail(index).Slice((int)lengths[i] - WindowRecord.Length, WindowRecord.Length).ToArray());
        });

        Assert.Equal(Enumerable.Range(1, appends).Select(i => 32L * i), lengths.Order());
    }

    [Fact]
    public async Task Trimming_amid_appends_loses_no_record()
    {
        const int writers = 4;
        const int perWriter = 500;
        var key = NewKey();
        var cut = new List<byte>();
        using var done = new CancellationTokenSource();
        var trimmer = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var read = await Store.ReadAsync(key, 0, Patience.Limit);
                var half = read.Value.Length / 64 * 32;
                if (half == 0)
                {
                    continue;
                }

                var replace = await Store.ReplaceAsync(key, read.Value, read.Value[half..], WindowLimits.Retention, Patience.Limit);
                Assert.Equal(StoreStatus.Ok, replace.Status);
                if (replace.Replaced)
                {
                    cut.AddRange(read.Value[..half].Span);
                }
            }
        });
        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < perWriter; i++)
            {
                Assert.Equal(StoreStatus.Ok, await Store.AppendAsync(key, Bytes((w * perWriter) + i), WindowLimits.Retention, Patience.Limit));
            }
        })));
        await done.CancelAsync();
        await trimmer;

        var rest = await Store.ReadAsync(key, 0, Patience.Limit);
        cut.AddRange(rest.Value.Span);
        var seen = cut.Chunk(32).Select(r => WindowRecord.Read(r).TimeMilliseconds).Order();
        Assert.Equal(Enumerable.Range(0, writers * perWriter).Select(i => (long)i), seen);
    }

    [Fact]
    public async Task Trim_keeps_what_the_log_is_worth_and_renews_its_expiry()
    {
        const long now = 1_800_000_000_000;
        var reach = (long)WindowLimits.Reach.TotalMilliseconds;
        await Gen.Select(Gen.Long[now - (2 * reach), now], Gen.Int[1, 400], Gen.Int[0, 3])
            .Select(static (time, number, outcome) => new WindowRecord(time, 1, (byte)outcome, false, 7, 9, (ulong)number))
            .Array[0, 700]
            .SampleAsync(
                async records =>
                {
                    var key = NewKey();
                    var log = records.SelectMany(Bytes).ToArray();
                    if (log.Length > 0)
                    {
                        Assert.Equal(StoreStatus.Ok, await Store.AppendAsync(key, log, TimeSpan.FromHours(1), Patience.Limit));
                    }

                    var kept = LogTail.Keep(log, now);
                    var trim = await Store.TrimAsync(key, now, Patience.Limit);

                    Assert.Equal(new StoreReplace(StoreStatus.Ok, !log.AsSpan().SequenceEqual(kept)), trim);
                    Assert.Equal(kept, (await Store.ReadAsync(key, 0, Patience.Limit)).Value.ToArray());
                    Assert.Equal(new StoreReplace(StoreStatus.Ok, false), await Store.TrimAsync(key, now, Patience.Limit));
                    if (trim.Replaced && kept.Length > 0)
                    {
                        Assert.InRange((await TimeToLiveAsync(key))!.Value, WindowLimits.Retention - TimeSpan.FromMinutes(1), WindowLimits.Retention);
                    }
                    else if (kept.Length == 0)
                    {
                        Assert.Null(await TimeToLiveAsync(key));
                    }
                },
                iter: 40,
                threads: 1);
    }

    [Fact]
    public async Task Trims_amid_appends_lose_nothing_but_the_oldest()
    {
        const int writers = 4;
        const int perWriter = 400;
        var key = NewKey();
        using var done = new CancellationTokenSource();
        var trimmer = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                Assert.NotEqual(StoreStatus.Unavailable, (await Store.TrimAsync(key, perWriter, Patience.Limit)).Status);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < perWriter; i++)
            {
                var record = new WindowRecord(i, 1, 0, false, (ulong)w, 0, (ulong)((w * perWriter) + i + 1));
                Assert.Equal(StoreStatus.Ok, await Store.AppendAsync(key, Bytes(record), WindowLimits.Retention, Patience.Limit));
            }
        })));
        await done.CancelAsync();
        await trimmer;
        await Store.TrimAsync(key, perWriter, Patience.Limit);

        var records = (await Store.ReadAsync(key, 0, Patience.Limit)).Value.ToArray().Chunk(WindowRecord.Length)
            .Select(static bytes => WindowRecord.Read(bytes)).ToList();
        Assert.True(records[0].IsCut);
        Assert.Equal(WindowLimits.TailRecords, records.Count - 1);
        foreach (var ofWriter in records.Skip(1).GroupBy(static record => record.Account))
        {
            // Up to its last one, and without a gap.
            var times = ofWriter.Select(static record => record.TimeMilliseconds).ToList();
            Assert.Equal(Enumerable.Range(perWriter - times.Count, times.Count).Select(static time => (long)time), times);
        }
    }

    [Fact]
    public async Task Ping_is_ok() => Assert.Equal(StoreStatus.Ok, await Store.PingAsync(Patience.Limit));

    /// <summary>Time that a key has left; null where the key does not exist.</summary>
    private protected abstract ValueTask<TimeSpan?> TimeToLiveAsync(byte[] key);

    private protected static byte[] NewKey()
    {
        var key = new byte[WindowKey.Length];
        Random.Shared.NextBytes(key);
        key[0] = WindowKey.Prefix;
        return key;
    }

    private static byte[] Bytes(WindowRecord record)
    {
        var bytes = new byte[WindowRecord.Length];
        record.Write(bytes);
        return bytes;
    }

    private protected static WindowRecord Record(int number) =>
        new(number, 1, 0, IsLate: false, (ulong)number * 3, (ulong)number * 5, (ulong)number * 0x9E37_79B9_7F4A_7C15);

    private protected static byte[] Bytes(int number) => Bytes([number]);

    private protected static byte[] Bytes(IEnumerable<int> numbers)
    {
        var bytes = new List<byte>();
        foreach (var number in numbers)
        {
            var record = new byte[WindowRecord.Length];
            Record(number).Write(record);
            bytes.AddRange(record);
        }

        return [.. bytes];
    }
}
