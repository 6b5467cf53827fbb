using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Reporting;
using KekeStar.Antifraud.Load.Targets;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>Bytes that an entity takes whose log holds ten records, which came one by one.</summary>
internal sealed class MemorySection : IGrowthSection
{
    private const int Records = 10;
    private const int RecordBytes = Records * WindowRecord.Length;
    private const int Keys = 200_000;
    private const int Sampled = 20_000;
    private const int PerCall = 10;
    private const double GoalRatio = 1.3;
    private const long Memory = 1L << 30;

    /// <inheritdoc/>
    public int Steps(GrowthOptions options) => options.HasRedis ? 2 : 1;

    /// <inheritdoc/>
    public async Task<ReportSection> RunAsync(GrowthOptions options, StepProgress progress, CancellationToken cancellation)
    {
        progress.Begin("embedded store");
        List<Finding> found = [.. await EmbeddedAsync(progress, cancellation)];
        if (options.HasRedis)
        {
            progress.Begin("redis-server");
            found.AddRange(await RedisAsync(progress, cancellation));
        }

        return new ReportSection
        {
            Key = "memory",
            Title = "Bytes of an entity with ten events",
            Intro = string.Create(CultureInfo.InvariantCulture, $"{Keys:N0} logs of {Records} records, {RecordBytes} bytes, appended one by one as events come; keys of {WindowKey.Length} bytes, each with its expiry. Goal: ≤ {GoalRatio} × the records' own bytes."),
            Columns = [new("store", "store"), new("what", "what is counted"), new("bytes", "bytes of an entity"), new("ratio", "÷ its records"), new("goal", "goal")],
            Rows =
            [
                .. found.Select(static IReadOnlyList<ReportCell> (one) =>
                [
                    one.Store,
                    one.What,
                    ReportCell.Of(one.Bytes, "N0"),
                    ReportCell.Of(one.Bytes / RecordBytes, "F2"),
                    !one.IsGoal ? ReportCell.None : one.Bytes <= GoalRatio * RecordBytes ? "met" : "missed",
                ]),
            ],
            Notes =
            [
                "Embedded: a log lies in a record of 8 bytes of header and lengths, the key, an expiry of 8, a count of 4 and room for its next records; its entry in the index takes 8 bytes of a bucket that is two thirds full. What a log left behind as it outgrew its record counts until compaction comes by.",
                "Redis: APPEND keeps as much room as the string is long when it has to move it; then come the string's header, an object (16), an entry of the key space and one of the expiries (24 each), the key with its header, and a slot of either table (8 to 16).",
            ],
        };
    }

    private static async Task<Finding[]> EmbeddedAsync(StepProgress progress, CancellationToken cancellation)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("antifraud-memory-");
        try
        {
            await using GarnetWindowStore store = GarnetWindowStore.Open(new EmbeddedStoreOptions { DataDirectory = data.FullName, MemoryBytes = Memory, MaxDiskBytes = 16L << 30 });

            // Sessions, buffers and code are there before the measurement begins.
            Append(store, -Sampled, Sampled, progress, cancellation);
            store.Maintenance.Sweep();
            GC.Collect();
            (long log, long index, long resident) = (store.Room.LogBytes, store.Index.Bytes, Resident());
            Append(store, 0, Keys, progress, cancellation);
            GC.Collect();
            (long grown, long indexGrown, long residentGrown) = (store.Room.LogBytes - log, store.Index.Bytes - index, Resident() - resident);
            store.Maintenance.Sweep();
            double alive = (store.Room.LogBytes - log) / (double)Keys;
            double ofIndex = (indexGrown / (double)Keys) + IndexEntry;
            return
            [
                new("embedded", "log, what is alive, and index", alive + ofIndex, IsGoal: true),
                new("embedded", "log, what is alive", alive, IsGoal: false),
                new("embedded", "log, what was left behind included", grown / (double)Keys, IsGoal: false),
                new("embedded", "the process's memory, what was left behind included", residentGrown / (double)Keys, IsGoal: false),
            ];
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    // Eight bytes of a bucket of 64, of which seven eighths are entries and, where the table grows as it should, two thirds taken.
    private const double IndexEntry = 64 / (7 * 2 / 3.0);

    private static void Append(GarnetWindowStore store, int from, int count, StepProgress progress, CancellationToken cancellation)
    {
        var observation = new Observation();
        Span<byte> key = stackalloc byte[WindowKey.Length];
        Span<byte> records = stackalloc byte[RecordBytes];
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        for (int record = 0; record < Records; record++)
        {
            for (int first = from; first < from + count; first += PerCall)
            {
                observation.Clear();
                for (int number = first; number < first + PerCall; number++)
                {
                    OtherLogs.WriteKey(number, key);
                    OtherLogs.Write(number, Records, now, records);
                    observation.AddAppend(key, records.Slice(record * WindowRecord.Length, WindowRecord.Length), WindowLimits.Retention, -RecordBytes, -1);
                }

                OtherLogs.Store(store, observation, cancellation);
            }

            progress.At((record + 1.0) / Records);
        }
    }

    private static long Resident() => ResidentMemory.Of([Environment.ProcessId]);

    private static async Task<Finding[]> RedisAsync(StepProgress progress, CancellationToken cancellation)
    {
        await using ChildServer redis = await RedisProcess.StartAsync(cancellation);
        using var pipe = new RespPipe(redis.Address);
        await using LocalService service = await LocalService.OnRedisAsync(redis.Address.ToString());
        long before = await UsedMemoryAsync(redis);
        long residentBefore = ResidentMemory.Of([redis.ProcessId]);
        Append(pipe, progress, cancellation);
        long used = await UsedMemoryAsync(redis) - before;
        long resident = ResidentMemory.Of([redis.ProcessId]) - residentBefore;
        return
        [
            new("redis-server", "used_memory", used / (double)Keys, IsGoal: true),
            new("redis-server", "MEMORY USAGE, in the mean", MemoryUsage(pipe), IsGoal: false),
            new("redis-server", "the process's memory", resident / (double)Keys, IsGoal: false),
        ];
    }

    // As the service does it: a key is made with its expiry, then appended to, its expiry renewed each time.
    private static void Append(RespPipe pipe, StepProgress progress, CancellationToken cancellation)
    {
        Span<byte> key = stackalloc byte[WindowKey.Length];
        Span<byte> records = stackalloc byte[RecordBytes];
        byte[] expiry = Encoding.ASCII.GetBytes(((long)WindowLimits.Retention.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        for (int record = 0; record < Records; record++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int number = 0; number < Keys; number++)
            {
                OtherLogs.WriteKey(number, key);
                OtherLogs.Write(number, Records, now, records);
                if (record == 0)
                {
                    pipe.Begin(4);
                    pipe.Bulk("SETEX"u8);
                    pipe.Bulk(key);
                    pipe.Bulk(expiry);
                    pipe.Bulk(default);
                }

                pipe.Begin(3);
                pipe.Bulk("APPEND"u8);
                pipe.Bulk(key);
                pipe.Bulk(records.Slice(record * WindowRecord.Length, WindowRecord.Length));
                pipe.Begin(3);
                pipe.Bulk("EXPIRE"u8);
                pipe.Bulk(key);
                pipe.Bulk(expiry);
            }

            pipe.Finish();
            progress.At((record + 1.0) / Records);
        }
    }

    private static double MemoryUsage(RespPipe pipe)
    {
        Span<byte> key = stackalloc byte[WindowKey.Length];
        long before = pipe.Sum;
        for (int number = 0; number < Sampled; number++)
        {
            OtherLogs.WriteKey(number, key);
            pipe.Begin(3);
            pipe.Bulk("MEMORY"u8);
            pipe.Bulk("USAGE"u8);
            pipe.Bulk(key);
        }

        pipe.Finish();
        return (pipe.Sum - before) / (double)Sampled;
    }

    private static async Task<long> UsedMemoryAsync(ChildServer redis)
    {
        await using StackExchange.Redis.ConnectionMultiplexer connection = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"{redis.Address},allowAdmin=true");
        string? info = await connection.GetServers()[0].InfoRawAsync("memory");
        string line = info!.Split('\n').First(static line => line.StartsWith("used_memory:", StringComparison.Ordinal));
        return long.Parse(line["used_memory:".Length..].Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>A figure.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Finding(string Store, string What, double Bytes, bool IsGoal);
}
