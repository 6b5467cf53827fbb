using System.Buffers.Binary;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

// Arguments: data directory, number of the first writer, number of writers, number of cold logs of each. Each writer
// appends records 1, 2, 3 … in turn to its 16 keys and trims logs of 128 records to 64; a short-lived log of 400 bytes with
// each keeps compaction busy. Each record also goes to one of the cold logs: thousands of them have mostly left
// memory when their turn comes again. Once the store has answered Ok, it says so on standard output: 8 bytes, writer and
// record, little endian. Ends when killed.
var firstWriter = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture);
var writers = int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture);
var coldKeys = int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture);
var options = new EmbeddedStoreOptions
{
    DataDirectory = args[0],
    MemoryBytes = EmbeddedStoreOptions.MinMemoryBytes,
    AppendLogBytes = EmbeddedStoreOptions.MinAppendLogBytes,
    MaxDiskBytes = 192L << 20,
};
await using var store = GarnetWindowStore.Open(options);
using var output = Console.OpenStandardOutput();
var threads = new Thread[writers];
for (var i = 0; i < writers; i++)
{
    var writer = firstWriter + i;
    threads[i] = new Thread(() => Write(store, output, writer, coldKeys));
    threads[i].Start();
}

foreach (var thread in threads)
{
    thread.Join();
}

static void Write(GarnetWindowStore store, Stream output, int writer, int coldKeys)
{
    const int keys = 16;
    var observation = new Observation();
    var key = new byte[8];
    var acknowledgement = new byte[8];
    var coldKey = new byte[10];
    var shortLivedKey = new byte[9];
    var shortLived = new byte[400];
    BinaryPrimitives.WriteInt32LittleEndian(key, writer);
    BinaryPrimitives.WriteInt32LittleEndian(acknowledgement, writer);
    BinaryPrimitives.WriteInt32LittleEndian(coldKey, writer);
    BinaryPrimitives.WriteInt32LittleEndian(shortLivedKey, writer);
    for (var record = 1; ; record++)
    {
        BinaryPrimitives.WriteInt32LittleEndian(key.AsSpan(4), record % keys);
        observation.Clear();
        var written = new WindowRecord(record, 1, 0, IsLate: false, 1, 1, 1);
        observation.AddAppend(key, written, WindowLimits.Retention, -32, -1);
        BinaryPrimitives.WriteInt32LittleEndian(coldKey.AsSpan(4), record % coldKeys);
        observation.AddAppend(coldKey, written, WindowLimits.Retention, -32, -1);
        StoreStatus status;
        while ((status = store.ObserveAsync(observation, TimeSpan.Zero).AsTask().GetAwaiter().GetResult()) == StoreStatus.ReadOnly)
        {
            // Full until the short-lived logs have expired.
            Thread.Sleep(20);
        }

        if (status != StoreStatus.Ok)
        {
            throw new InvalidOperationException($"The store answered {status}.");
        }

        var coldLength = (((record - 1) / coldKeys) + 1) * WindowRecord.Length;
        if (observation.LogLength(1) != coldLength)
        {
            throw new InvalidOperationException(
                $"Writer {writer}: with record {record} a log has {observation.LogLength(1)} bytes instead of {coldLength}.");
        }

        BinaryPrimitives.WriteInt32LittleEndian(acknowledgement.AsSpan(4), record);
        lock (output)
        {
            output.Write(acknowledgement);
        }

        BinaryPrimitives.WriteInt32LittleEndian(shortLivedKey.AsSpan(4), record);
        store.AppendAsync(shortLivedKey, shortLived, TimeSpan.FromSeconds(1), TimeSpan.Zero).AsTask().GetAwaiter().GetResult();

        if (observation.LogLength(0) >= 128 * WindowRecord.Length)
        {
            var log = store.ReadAsync(key, 0, TimeSpan.Zero).AsTask().GetAwaiter().GetResult().Value;
            store.ReplaceAsync(key, log, log[^(64 * WindowRecord.Length)..], WindowLimits.Retention, TimeSpan.Zero)
                .AsTask().GetAwaiter().GetResult();
        }
    }
}
