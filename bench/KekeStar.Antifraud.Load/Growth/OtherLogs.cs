using System.Globalization;
using System.Net;
using System.Text;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>
/// Logs of entities that the traffic never meets: keys and records as the service writes them, one to ten records each.
/// </summary>
internal static class OtherLogs
{
    /// <summary>Most records of a log.</summary>
    public const int MostRecords = 10;

    private const int PerCall = 10;
    private const long DayMilliseconds = 86_400_000;
    private const ulong EventSalt = 7UL << 56;

    /// <summary>Writes the logs of some numbers into a store through its own interface.</summary>
    /// <param name="store">The store; answers at once.</param>
    /// <param name="from">First number.</param>
    /// <param name="to">Number after the last.</param>
    /// <param name="progress">Told how far it is, 0 to 1.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static void Fill(IWindowStore store, int from, int to, Action<double> progress, CancellationToken cancellation)
    {
        var observation = new Observation();
        Span<byte> key = stackalloc byte[WindowKey.Length];
        Span<byte> records = stackalloc byte[MostRecords * WindowRecord.Length];
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        for (int first = from; first < to; first += PerCall)
        {
            cancellation.ThrowIfCancellationRequested();
            observation.Clear();
            for (int number = first; number < Math.Min(first + PerCall, to); number++)
            {
                WriteKey(number, key);
                observation.AddAppend(key, records[..Write(number, RecordsOf(number), now, records)], WindowLimits.Retention, start: 1, end: 0);
            }

            Store(store, observation, cancellation);
            progress((first - from) / (double)(to - from));
        }
    }

    /// <summary>Writes the same into a redis-server, as one command for each log.</summary>
    public static void Fill(EndPoint redis, int from, int to, Action<double> progress, CancellationToken cancellation)
    {
        using var pipe = new RespPipe(redis);
        Span<byte> key = stackalloc byte[WindowKey.Length];
        Span<byte> records = stackalloc byte[MostRecords * WindowRecord.Length];
        byte[] expiry = Encoding.ASCII.GetBytes(((long)WindowLimits.Retention.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        for (int number = from; number < to; number++)
        {
            WriteKey(number, key);
            pipe.Begin(4);
            pipe.Bulk("SETEX"u8);
            pipe.Bulk(key);
            pipe.Bulk(expiry);
            pipe.Bulk(records[..Write(number, RecordsOf(number), now, records)]);
            if (number % 10_000 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress((number - from) / (double)(to - from));
            }
        }

        pipe.Finish();
    }

    /// <summary>Gives how many records the log of a number has.</summary>
    public static int RecordsOf(int number) => 1 + (number % MostRecords);

    /// <summary>Writes the key of a number: spread as pseudonyms are.</summary>
    public static void WriteKey(int number, Span<byte> destination)
    {
        ulong high = SplitMix64.Mix((ulong)number);
        WindowKey.Write(destination, epoch: 0, EntityKind.AndroidId, new Pseudonym(high, SplitMix64.Mix(high)));
    }

    /// <summary>Writes records of a number's log, of the last day.</summary>
    /// <returns>Their length in bytes.</returns>
    public static int Write(int number, int count, long now, Span<byte> destination)
    {
        ulong random = SplitMix64.Mix((uint)number | EventSalt);
        for (int i = 0; i < count; i++)
        {
            random = SplitMix64.Mix(random);
            long time = now - (DayMilliseconds * (count - i) / (count + 1));
            new WindowRecord(time, Scene: 1, Outcome: 0, IsLate: false, random, ~random, random).Write(destination[(i * WindowRecord.Length)..]);
        }

        return count * WindowRecord.Length;
    }

    /// <summary>Has a store carry out an observation; one that has no room for a moment is asked again.</summary>
    /// <exception cref="InvalidOperationException">The store refused for half a minute, or failed.</exception>
    public static void Store(IWindowStore store, Observation observation, CancellationToken cancellation)
    {
        for (int attempt = 0; ; attempt++)
        {
            ValueTask<StoreStatus> call = store.ObserveAsync(observation, TimeSpan.FromSeconds(5));
            StoreStatus status = call.IsCompletedSuccessfully ? call.Result : call.AsTask().GetAwaiter().GetResult();
            if (status == StoreStatus.Ok)
            {
                return;
            }

            if (status != StoreStatus.ReadOnly || attempt == 600)
            {
                throw new InvalidOperationException($"The store answered {status} while it was filled.");
            }

            cancellation.WaitHandle.WaitOne(50);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
